import type { Assertion } from '../../../shared/checks/assertion-input.ts';
import { assertionProblem } from '../../../shared/checks/evaluate/assertion-problem.ts';
import { invalidField } from '../../refusal.ts';

/** @throws Refusal `invalid_input` at the first assertion that no check could evaluate */
export function assertEvaluable(assertions: Assertion[]): void {
  for (const [index, assertion] of assertions.entries()) {
    const problem = assertionProblem(assertion);
    if (problem !== null) throw invalidField(`assertions.${index}.${problem.field}`, problem.sentence);
  }
}
