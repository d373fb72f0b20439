import type { ResultCode } from '../../shared/checks/result-code.ts';

/** The target failed its check: an expected end, with the sentence a person will read. */
export class CheckFailure extends Error {
  override name = 'CheckFailure';
  readonly code: ResultCode;
  /** The status that came, when one did. */
  readonly statusCode: number | null;

  constructor(code: ResultCode, sentence: string, statusCode: number | null = null) {
    super(sentence);
    this.code = code;
    this.statusCode = statusCode;
  }
}
