import type { MonitorFormInput } from './monitor-form-schema.ts';

type Read = Pick<MonitorFormInput, 'expectedStatus'> & {
  http: Pick<MonitorFormInput['http'], 'headers' | 'bodyType'>;
};

/**
 * The field of the form that a path of the API stands for: `http.headers.X-A` is a line of headers, `assertions.0.value`
 * the expected status or a line of assertions. Other paths are the same in both.
 */
export function formPathOf(apiPath: string, form: Read): string {
  const header = /^http\.headers\.(.+)$/.exec(apiPath)?.[1];
  if (header !== undefined) {
    const line = form.http.headers.findIndex(({ name }) => name === header);
    return line === -1 ? 'http.headers' : `http.headers.${line}.value`;
  }
  if (apiPath === 'http.body' && form.http.bodyType === 'form') return 'http.formLines';
  if (apiPath === 'http.auth') return 'http.auth.type';
  if (apiPath === 'http.clientCertificate') return 'http.clientCertificate.certificate';
  const [, number, rest] = /^assertions\.(\d+)\.?(.*)$/.exec(apiPath) ?? [];
  if (number === undefined || form.expectedStatus.trim() === '') return apiPath;
  return number === '0' ? 'expectedStatus' : `assertions.${Number(number) - 1}${rest ? `.${rest}` : ''}`;
}

/** What stands in the form at a dotted path, such as `http.headers.0.value`. */
export function inputAt(values: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) => (value !== null && typeof value === 'object' ? Reflect.get(value, key) : undefined),
      values,
    );
}
