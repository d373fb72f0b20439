/** What begins a formula; a spreadsheet skips a tab or carriage return before it. */
const BEGINS = /^(?=[=+\-@\t\r])/;
/** Some part cells with these instead, whatever is quoted. */
const BEGINS_BEHIND = /([;\t\r\n])(?=[=+\-@])/g;

/**
 * A line of a CSV file (RFC 4180), every cell quoted. Names are anybody's to give, and a spreadsheet that opens the file would run one that
 * begins as a formula does: it gets an apostrophe, which makes it text (OWASP, "CSV Injection").
 */
export function csvLine(cells: readonly string[]): string {
  const quoted = cells.map((cell) => {
    const text = cell.replace(BEGINS_BEHIND, "$1'").replace(BEGINS, "'");
    return `"${text.replaceAll('"', '""')}"`;
  });
  return `${quoted.join(',')}\r\n`;
}
