/** What a monitor can watch. Further kinds are added here, and every `switch` over the kind then fails to compile. */
export const MONITOR_KINDS = ['http'] as const;
export type MonitorKind = (typeof MONITOR_KINDS)[number];
