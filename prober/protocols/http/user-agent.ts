/** Who we are, to every server that is asked; a monitor may say something else of itself to its target. */
export const USER_AGENT = 'StatusWatch/1 (uptime check)';
