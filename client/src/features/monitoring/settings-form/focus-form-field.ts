/** Leads to the field at a dotted path of a form; Formisch names each element by its path. What is not there has none. */
export function focusFormField(form: HTMLFormElement | undefined, path: string): void {
  const name = JSON.stringify(path.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key)));
  const field = [...(form?.elements ?? [])].find((element) => element.getAttribute('name') === name);
  if (field instanceof HTMLElement) field.focus();
}
