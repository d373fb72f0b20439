import { Field as FormField, getInput, setInput } from '@formisch/solid';
import { Match, Switch } from 'solid-js';
import {
  AUTH_TYPES,
  type AuthType,
  CLIENT_AUTHENTICATIONS,
} from '../../../../../shared/checks/http-auth-input.ts';
import { Field } from '../../../ui/field.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import type { MonitorForm } from './monitor-form.ts';
import { AUTH_WORDS, CLIENT_AUTHENTICATION_WORDS } from './request-words.ts';
import { SecretInput } from './secret-input.tsx';
import { SelectInput } from './select-input.tsx';

/** How the monitor says who it is. */
export function AuthFields(props: MonitorForm) {
  const type = () => getInput(props.form, { path: ['http', 'auth', 'type'] }) ?? 'none';

  /** The stored secret belongs to the way it was stored for; for another, another is needed. */
  const choose = (next: AuthType) => {
    const kept = next === props.stored?.auth.type ? null : '';
    setInput(props.form, { path: ['http', 'auth', 'type'], input: next });
    if (next === 'basic' || next === 'digest')
      setInput(props.form, { path: ['http', 'auth', 'password'], input: kept });
    if (next === 'bearer') setInput(props.form, { path: ['http', 'auth', 'token'], input: kept });
    if (next === 'oauth2') setInput(props.form, { path: ['http', 'auth', 'clientSecret'], input: kept });
  };

  return (
    <div class="grid items-start gap-4 @md:grid-cols-2 @xl:grid-cols-3">
      <FormField of={props.form} path={['http', 'auth', 'type']}>
        {(field) => (
          <Field label="Authentication" error={props.errors.at('http.auth.type', field)}>
            {(control) => (
              <SelectInput
                {...field.props}
                {...control}
                value={type()}
                options={AUTH_TYPES.map((each) => ({ value: each, label: AUTH_WORDS[each] }))}
                onInput={(event) => {
                  const chosen = AUTH_TYPES.find((each) => each === event.currentTarget.value);
                  if (chosen !== undefined) choose(chosen);
                }}
              />
            )}
          </Field>
        )}
      </FormField>
      <Switch>
        <Match when={type() === 'basic' || type() === 'digest'}>
          <UserAndPassword {...props} canKeep={type() === props.stored?.auth.type} />
        </Match>
        <Match when={type() === 'bearer'}>
          <Token {...props} canKeep={props.stored?.auth.type === 'bearer'} />
        </Match>
        <Match when={type() === 'oauth2'}>
          <ClientCredentials {...props} canKeep={props.stored?.auth.type === 'oauth2'} />
        </Match>
      </Switch>
    </div>
  );
}

type WithSecret = MonitorForm & { canKeep: boolean };

function UserAndPassword(props: WithSecret) {
  return (
    <>
      <FormField of={props.form} path={['http', 'auth', 'username']}>
        {(field) => (
          <Field label="User name" error={props.errors.at('http.auth.username', field)}>
            {(control) => (
              <TextInput
                {...field.props}
                {...control}
                value={field.input ?? ''}
                autocomplete="off"
                autocapitalize="none"
                spellcheck={false}
                mono
              />
            )}
          </Field>
        )}
      </FormField>
      <FormField of={props.form} path={['http', 'auth', 'password']}>
        {(field) => (
          <Field label="Password" error={props.errors.at('http.auth.password', field)}>
            {(control) => (
              <SecretInput control={control} field={field} what="password" canKeep={props.canKeep} />
            )}
          </Field>
        )}
      </FormField>
    </>
  );
}

function Token(props: WithSecret) {
  return (
    <FormField of={props.form} path={['http', 'auth', 'token']}>
      {(field) => (
        <Field
          label="Token"
          class="@xl:col-span-2"
          hint={
            <>
              Sent as <code class="text-12">Authorization: Bearer …</code>
            </>
          }
          error={props.errors.at('http.auth.token', field)}
        >
          {(control) => <SecretInput control={control} field={field} what="token" canKeep={props.canKeep} />}
        </Field>
      )}
    </FormField>
  );
}

function ClientCredentials(props: WithSecret) {
  return (
    <>
      <FormField of={props.form} path={['http', 'auth', 'tokenUrl']}>
        {(field) => (
          <Field
            label="Token address"
            class="@xl:col-span-2"
            error={props.errors.at('http.auth.tokenUrl', field)}
          >
            {(control) => (
              <TextInput
                {...field.props}
                {...control}
                value={field.input ?? ''}
                inputmode="url"
                placeholder="https://id.example.com/oauth/token"
                autocomplete="off"
                autocapitalize="none"
                spellcheck={false}
                mono
              />
            )}
          </Field>
        )}
      </FormField>
      <FormField of={props.form} path={['http', 'auth', 'clientId']}>
        {(field) => (
          <Field label="Client id" error={props.errors.at('http.auth.clientId', field)}>
            {(control) => (
              <TextInput
                {...field.props}
                {...control}
                value={field.input ?? ''}
                autocomplete="off"
                autocapitalize="none"
                spellcheck={false}
                mono
              />
            )}
          </Field>
        )}
      </FormField>
      <FormField of={props.form} path={['http', 'auth', 'clientSecret']}>
        {(field) => (
          <Field label="Client secret" error={props.errors.at('http.auth.clientSecret', field)}>
            {(control) => (
              <SecretInput control={control} field={field} what="client secret" canKeep={props.canKeep} />
            )}
          </Field>
        )}
      </FormField>
      <FormField of={props.form} path={['http', 'auth', 'clientAuthentication']}>
        {(field) => (
          <Field label="Send id and secret" error={props.errors.at('http.auth.clientAuthentication', field)}>
            {(control) => (
              <SelectInput
                {...field.props}
                {...control}
                value={field.input ?? 'basic'}
                options={CLIENT_AUTHENTICATIONS.map((each) => ({
                  value: each,
                  label: CLIENT_AUTHENTICATION_WORDS[each],
                }))}
              />
            )}
          </Field>
        )}
      </FormField>
      <FormField of={props.form} path={['http', 'auth', 'scope']}>
        {(field) => (
          <Field label="Scope" aside="optional" error={props.errors.at('http.auth.scope', field)}>
            {(control) => (
              <TextInput
                {...field.props}
                {...control}
                value={field.input ?? ''}
                placeholder="read:health"
                autocomplete="off"
                autocapitalize="none"
                spellcheck={false}
                mono
              />
            )}
          </Field>
        )}
      </FormField>
    </>
  );
}
