import { createForm, getInput, handleSubmit, reset, setInput } from '@formisch/solid';
import { useNavigate } from '@solidjs/router';
import { type Accessor, createSignal } from 'solid-js';
import { PLANS, type PlanName } from '../../../../../shared/billing/plans.ts';
import { httpTargetFromTyped, parseHttpTarget } from '../../../../../shared/checks/http-target.ts';
import { client } from '../../../api/client.ts';
import { queries } from '../../../api/queries.ts';
import { readRefusal } from '../../../api/refusal.ts';
import { createFormErrors } from '../../../ui/form-errors.ts';
import { toast } from '../../../ui/toast.tsx';
import { focusFormField } from '../settings-form/focus-form-field.ts';
import { formPathOf, inputAt } from '../settings-form/form-path.ts';
import {
  type MonitorFormInput,
  type MonitorFormOutput,
  monitorFormSchema,
} from '../settings-form/monitor-form-schema.ts';
import { newMonitorValues, settingsOf } from '../settings-form/monitor-form-values.ts';
import { wrongPaths } from '../settings-form/wrong-paths.ts';
import { nameFromTarget } from './name-from-target.ts';

const NO_PROBER =
  'No prober has reported yet, so nothing can be checked. Start one, and try again in a few seconds.';

export type AddMonitor = ReturnType<typeof useAddMonitor>;

/** The form that adds a monitor: its fields, what is wrong, and what sending it does. */
export function useAddMonitor(options: { plan: Accessor<PlanName>; onAdded: () => void }) {
  const navigate = useNavigate();
  const form = createForm({
    schema: monitorFormSchema,
    initialInput: newMonitorValues([]),
    validate: 'input',
    revalidate: 'input',
  });
  const errors = createFormErrors(form);
  const [problem, setProblem] = createSignal<string | null>(null);
  const [more, setMore] = createSignal(false);
  const [named, setNamed] = createSignal(false);
  const input = () => getInput(form) as MonitorFormInput; // every field has its initial value
  let element: HTMLFormElement | undefined;

  /** The regions that the plan allows, as the server would choose them. */
  const chooseRegions = async () => {
    if (input().regions.length > 0) return;
    const { regions } = await queries.regions.list.fetch();
    const names = regions.map(({ name }) => name);
    setInput(form, {
      path: ['regions'],
      input: names.slice(0, PLANS[options.plan()].regions ?? names.length),
    });
  };

  /** What is wrong must be seen, also where it was folded away. */
  const showField = (path: string) => {
    if (path !== 'target') setMore(true);
    focusFormField(element, path);
  };

  const add = async (values: MonitorFormOutput) => {
    try {
      const monitor = await client.monitors.create.mutate({ kind: 'http', ...settingsOf(values) });
      reset(form, { initialInput: newMonitorValues([]) });
      setNamed(false);
      setMore(false);
      options.onAdded();
      toast({
        sentence: `${monitor.name} is being checked.`,
        action: { label: 'Open', run: () => navigate(`/monitors/${monitor.id}`) },
      });
      await queries.monitors.invalidate();
    } catch (error) {
      const { fields, sentence, limitOf } = readRefusal(error);
      const atFields =
        limitOf === 'interval'
          ? { intervalSeconds: sentence }
          : limitOf === 'regions'
            ? { regions: sentence }
            : fields;
      const refused = Object.entries(atFields).map(([path, said]) => [formPathOf(path, input()), said]);
      errors.refuse(Object.fromEntries(refused), (path) => inputAt(input(), path));
      const [first] = errors.refusedPaths();
      if (first === undefined) setProblem(sentence);
      else showField(first);
      // Another person, or another tab, may have used the last place.
      if (limitOf === 'monitors') await queries.monitors.summary.invalidate();
    }
  };

  return {
    form,
    errors,
    problem,
    more,
    setMore,
    input,
    showField,
    /** The form on the screen; each time the dialog opens it is another. */
    setElement: (shown: HTMLFormElement) => {
      element = shown;
    },
    /** The name follows the address until someone gives one. */
    typeTarget: () => {
      const parsed = parseHttpTarget(httpTargetFromTyped(input().target));
      if (!named() && parsed.ok) setInput(form, { path: ['name'], input: nameFromTarget(parsed.target) });
    },
    typeName: () => setNamed(input().name !== ''),
    chooseRegions,
    submit: async (event: SubmitEvent) => {
      event.preventDefault();
      setProblem(null);
      errors.clear();
      try {
        await chooseRegions();
      } catch (error) {
        setProblem(readRefusal(error).sentence);
        return;
      }
      if (input().regions.length === 0) {
        setProblem(NO_PROBER);
        return;
      }
      let sent = false;
      await handleSubmit(form, (values) => {
        sent = true;
        return add(values);
      })();
      if (sent) return;
      const wrong = wrongPaths(form, errors);
      // The name follows from the address: what is wrong with that is to be mended first.
      const first = wrong.includes('target') ? 'target' : wrong[0];
      if (first !== undefined) showField(first);
    },
  };
}
