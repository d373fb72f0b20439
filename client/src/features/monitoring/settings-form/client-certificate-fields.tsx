import { Field as FormField, getInput, setInput } from '@formisch/solid';
import Plus from 'lucide-solid/icons/plus';
import Trash from 'lucide-solid/icons/trash';
import { createSignal, Show } from 'solid-js';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { TextArea } from '../../../ui/text-input.tsx';
import type { MonitorForm } from './monitor-form.ts';
import { pemBlocks } from './pem-blocks.ts';
import { PemFile } from './pem-file.tsx';
import { KeepSecret, StoredSecret } from './stored-secret.tsx';

const NOT_PEM =
  'There is no certificate and no key in this file. It must be PEM: text that begins with -----BEGIN.';

/** The certificate that the monitor shows to the target, and its key: pasted, or from a file that may hold both. */
export function ClientCertificateFields(props: MonitorForm) {
  const [asked, setAsked] = createSignal(false);
  const [fileProblem, setFileProblem] = createSignal<string | null>(null);
  const certificate = () =>
    getInput(props.form, { path: ['http', 'clientCertificate', 'certificate'] }) ?? '';
  const key = () => getInput(props.form, { path: ['http', 'clientCertificate', 'key'] });
  const isThere = () => asked() || certificate() !== '' || key() !== '';
  const canKeep = () => Boolean(props.stored?.clientCertificate);
  let box: HTMLDivElement | undefined;

  const setCertificate = (input: string) =>
    setInput(props.form, { path: ['http', 'clientCertificate', 'certificate'], input });
  const setKey = (input: string | null) =>
    setInput(props.form, { path: ['http', 'clientCertificate', 'key'], input });

  const add = () => {
    setAsked(true);
    box?.querySelector('textarea')?.focus();
  };
  const remove = () => {
    setAsked(false);
    setFileProblem(null);
    setCertificate('');
    setKey('');
    box?.querySelector('button')?.focus();
  };
  const read = (text: string) => {
    const found = pemBlocks(text);
    setFileProblem(found.certificate === null && found.key === null ? NOT_PEM : null);
    if (found.certificate !== null) setCertificate(found.certificate);
    if (found.key !== null) setKey(found.key);
  };

  return (
    <div ref={box} class="flex flex-col gap-3">
      <div class="flex flex-wrap items-center justify-between gap-2">
        <span class="text-13 font-medium">Client certificate</span>
        <Show
          when={isThere()}
          fallback={
            <Button variant="ghost" size="small" onClick={add}>
              <Plus class="size-4" aria-hidden="true" />
              Add certificate
            </Button>
          }
        >
          <span class="flex gap-1">
            <PemFile onText={read} onProblem={setFileProblem} />
            <Button
              variant="ghost"
              size="small"
              square
              aria-label="Remove client certificate"
              onClick={remove}
            >
              <Trash class="size-4" aria-hidden="true" />
            </Button>
          </span>
        </Show>
      </div>
      <div aria-live="polite" class="contents">
        <Show when={fileProblem()}>{(sentence) => <p class="text-13 text-down-text">{sentence()}</p>}</Show>
      </div>
      <Show
        when={isThere()}
        fallback={
          <p class="text-13 text-faint">None. It is for targets that ask who is calling (mutual TLS).</p>
        }
      >
        <div class="grid items-start gap-4 @xl:grid-cols-2">
          <FormField of={props.form} path={['http', 'clientCertificate', 'certificate']}>
            {(field) => (
              <Field label="Certificate" error={props.errors.at('http.clientCertificate.certificate', field)}>
                {(control) => (
                  <TextArea
                    {...field.props}
                    {...control}
                    value={field.input ?? ''}
                    placeholder="-----BEGIN CERTIFICATE-----"
                    spellcheck={false}
                    mono
                  />
                )}
              </Field>
            )}
          </FormField>
          <FormField of={props.form} path={['http', 'clientCertificate', 'key']}>
            {(field) => (
              <Field
                label="Private key"
                aside={
                  <Show when={canKeep() && field.input !== null}>
                    <KeepSecret what="private key" class="-my-1.5" onKeep={() => setKey(null)} />
                  </Show>
                }
                error={props.errors.at('http.clientCertificate.key', field)}
              >
                {(control) => (
                  <Show
                    when={field.input !== null}
                    fallback={
                      <StoredSecret
                        control={control}
                        name={field.props.name}
                        what="private key"
                        onReplace={() => setKey('')}
                      />
                    }
                  >
                    <TextArea
                      {...field.props}
                      {...control}
                      value={field.input ?? ''}
                      placeholder="-----BEGIN PRIVATE KEY-----"
                      autocomplete="off"
                      spellcheck={false}
                      mono
                    />
                  </Show>
                )}
              </Field>
            )}
          </FormField>
        </div>
      </Show>
    </div>
  );
}
