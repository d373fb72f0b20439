/** This machine as a proxy, for `TRUSTED_PROXIES`: whoever speaks from here is believed about where they speak from. */
export const THIS_MACHINE = '127.0.0.1/32 ::1/128';
