/** What a worker throws at a job that no further try can mend: it goes to the dead-letter queue at once. */
export class FailedForGood extends Error {
  override name = 'FailedForGood';
}
