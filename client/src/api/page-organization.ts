/**
 * The organization that this page was opened for. Each call says it, and the server refuses the call once the session is for
 * another: a page that was left open in a second tab neither shows nor changes what belongs elsewhere.
 */
let tenantId: string | null = null;

/** @returns what takes it back when the page goes */
export function openPageFor(id: string): () => void {
  tenantId = id;
  return () => {
    if (tenantId === id) tenantId = null;
  };
}

export function pageHeaders(): Record<string, string> {
  return tenantId === null ? {} : { 'X-StatusWatch-Organization': tenantId };
}
