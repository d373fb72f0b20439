/** Why it cannot start, in one sentence that says what to do. It is printed as it is, and the exit code is 1. */
export class StartFailure extends Error {
  override name = 'StartFailure';
}
