import type { TargetGuard } from '../shared/network/target-guard.ts';

/** So many answers are remembered, and up to as many older ones: half a megabyte of each kind. */
const MOST_RECENT = 2000;

/**
 * The same guard, which reads no address twice in a row: what it says follows from what it is asked and from nothing else. An
 * address is asked about four times a check, and to read it each time was 4 % of a check's CPU and 10 % of its garbage.
 */
export function rememberVerdicts(guard: TargetGuard): TargetGuard {
  const verdicts = new RecentAnswers((_question, address: string, hostname: string) =>
    guard.checkAddress(address, hostname),
  );
  const allowed = new RecentAnswers((address) => guard.isAllowedNetwork(address));
  return {
    ...guard,
    // No host has a space in it: two questions are never written alike.
    checkAddress: (address, hostname) => verdicts.to(`${address} ${hostname}`, address, hostname),
    isAllowedNetwork: (address) => allowed.to(address),
  };
}

/** Answers to questions, those of late kept: where they are many, the older half goes at once. */
class RecentAnswers<Answer, Details extends unknown[]> {
  readonly #find: (question: string, ...details: Details) => Answer;
  #recent = new Map<string, Answer>();
  #older = new Map<string, Answer>();

  constructor(find: (question: string, ...details: Details) => Answer) {
    this.#find = find;
  }

  to(question: string, ...details: Details): Answer {
    const recent = this.#recent.get(question);
    if (recent !== undefined) return recent;
    const answer = this.#older.get(question) ?? this.#find(question, ...details);
    if (this.#recent.size >= MOST_RECENT) {
      this.#older = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(question, answer);
    return answer;
  }
}
