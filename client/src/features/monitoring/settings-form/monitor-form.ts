import type { FormStore } from '@formisch/solid';
import type { HttpSettings } from '../../../../../shared/checks/http-spec-input.ts';
import type { createFormErrors } from '../../../ui/form-errors.ts';
import type { monitorFormSchema } from './monitor-form-schema.ts';

/** What the parts of a monitor's form share. */
export type MonitorForm = {
  form: FormStore<typeof monitorFormSchema>;
  errors: ReturnType<typeof createFormErrors>;
  /** How the monitor asks as it is stored: what may be kept. Absent for one that does not exist yet. */
  stored?: HttpSettings | undefined;
};
