/** Postgres ended this transaction since it and another waited for each other (SQLSTATE class 40). */
const DEADLOCK = '40P01';
const MOST_TRIES = 5;

/**
 * Does a whole transaction again when Postgres ended it as one of two that waited for each other. For what takes very many
 * rows at once, of which others take some in an order of their own: each try begins with nothing done.
 */
export async function againAfterDeadlock<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === MOST_TRIES || !isDeadlock(error)) throw error;
    }
  }
}

function isDeadlock(error: unknown): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && cause.code === DEADLOCK) return true;
  }
  return false;
}
