import * as v from 'valibot';
import {
  AUTH_TYPES,
  CLIENT_AUTHENTICATIONS,
  clientCertificateSchema,
  httpAuthSchema,
} from '../../../../../shared/checks/http-auth-input.ts';
import { type HttpBodyProblem, httpBodyProblem } from '../../../../../shared/checks/http-body-problem.ts';
import {
  BODY_TYPES,
  type HttpSettings,
  httpSpecSchema,
} from '../../../../../shared/checks/http-spec-input.ts';
import { httpTargetFromTyped, parseHttpTarget } from '../../../../../shared/checks/http-target.ts';

const shared = httpSpecSchema.entries;
const headers = shared.headers.wrapped.pipe[0];
const longText = shared.body.wrapped.wrapped;

/** What a form offers as a body: one of those the API knows, or none. */
export const FORM_BODY_TYPES = ['none', ...BODY_TYPES] as const;
type FormBodyType = (typeof FORM_BODY_TYPES)[number];

/** A secret as typed; null keeps the one that is stored. */
const secret = v.nullable(v.string());

const headerLines = v.pipe(
  v.array(v.object({ name: headers.key, value: headers.value })),
  v.maxLength(50, 'Use 50 headers at most.'),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const seen = new Set<string>();
    for (const [index, line] of dataset.value.entries()) {
      const name = line.name.toLowerCase();
      if (seen.has(name)) {
        addIssue({
          message: 'This header is set above already.',
          path: [at(dataset.value, index), at(line, 'name')],
        });
      }
      seen.add(name);
    }
  }),
);

/** How the monitor says who it is: the fields of every way, of which those of the chosen one count. */
const authFields = v.pipe(
  v.object({
    type: v.picklist(AUTH_TYPES),
    username: v.string(),
    password: secret,
    token: secret,
    tokenUrl: v.pipe(v.string(), v.transform(httpTargetFromTyped)),
    clientId: v.string(),
    clientSecret: secret,
    scope: v.string(),
    clientAuthentication: v.picklist(CLIENT_AUTHENTICATIONS),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed || dataset.value.type !== 'oauth2' || dataset.value.tokenUrl === '') return;
    const parsed = parseHttpTarget(dataset.value.tokenUrl);
    if (!parsed.ok) addIssue({ message: parsed.sentence, path: [at(dataset.value, 'tokenUrl')] });
  }),
  v.transform((fields): v.InferInput<typeof httpAuthSchema> => {
    const { type, username, password, token, ...client } = fields;
    switch (type) {
      case 'none':
        return { type };
      case 'basic':
      case 'digest':
        return { type, username, password };
      case 'bearer':
        return { type, token };
      case 'oauth2':
        return { type, ...client };
      default:
        return type satisfies never;
    }
  }),
  httpAuthSchema,
);

/** Certificate and key; both left empty are none. */
const certificateFields = v.pipe(
  v.object({ certificate: v.string(), key: secret }),
  v.transform(({ certificate, key }) =>
    certificate.trim() === '' && (key ?? '').trim() === '' ? null : { certificate, key },
  ),
  clientCertificateSchema,
);

/**
 * How a monitor asks, as the fields of a form hold it: headers and the fields of a form body line by line, and every way of
 * authentication beside the others. What each may be is said by the schemas of the API.
 */
export const httpFormSchema = v.pipe(
  v.object({
    method: shared.method.wrapped,
    followRedirects: v.boolean(),
    headers: headerLines,
    bodyType: v.picklist(FORM_BODY_TYPES),
    body: longText,
    formLines: v.array(v.object({ name: v.string(), value: v.string() })),
    graphqlVariables: longText,
    auth: authFields,
    clientCertificate: certificateFields,
    ipVersion: shared.ipVersion.wrapped,
    httpVersion: shared.httpVersion.wrapped,
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const problem = bodyProblem(dataset.value);
    if (problem !== null) addIssue({ message: problem.sentence, path: [at(dataset.value, problem.field)] });
  }),
  v.transform(({ headers, bodyType, body, formLines, graphqlVariables, ...rest }): HttpSettings => {
    const written = bodyType === 'form' ? formBodyOf(formLines) : bodyType === 'none' ? '' : body;
    return {
      ...rest,
      headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
      body: written === '' ? null : written,
      bodyType: bodyType === 'none' ? 'text' : bodyType,
      graphqlVariables: writtenVariables(bodyType, graphqlVariables),
    };
  }),
);

export type HttpFormInput = v.InferInput<typeof httpFormSchema>;

type FormLine = { name: string; value: string };

/** The fields of a form as it is sent (URL Standard, application/x-www-form-urlencoded). Lines without a name are none. */
export function formBodyOf(lines: readonly FormLine[]): string {
  return new URLSearchParams(
    lines.filter(({ name }) => name !== '').map(({ name, value }): [string, string] => [name, value]),
  ).toString();
}

/** The opposite. */
export function formLinesOf(body: string): FormLine[] {
  return [...new URLSearchParams(body)].map(([name, value]) => ({ name, value }));
}

/** Variables are read beside a query alone: what was typed before another type was chosen is none. */
const writtenVariables = (bodyType: FormBodyType, typed: string): string | null =>
  bodyType === 'graphql' && typed.trim() !== '' ? typed : null;

/** Of what is typed; the fields of a form are written by `formBodyOf`, and none has nothing that could be wrong. */
function bodyProblem(fields: {
  bodyType: FormBodyType;
  body: string;
  graphqlVariables: string;
}): HttpBodyProblem | null {
  const { bodyType, body } = fields;
  if (bodyType === 'none' || bodyType === 'form') return null;
  const graphqlVariables = writtenVariables(bodyType, fields.graphqlVariables);
  return httpBodyProblem({ bodyType, body, graphqlVariables });
}

/** A step of a path, as valibot writes it. */
function at<T extends object>(input: T, key: keyof T & (string | number)): v.IssuePathItem {
  return Array.isArray(input)
    ? { type: 'array', origin: 'value', input, key: Number(key), value: input[Number(key)] }
    : { type: 'unknown', origin: 'value', input, key, value: input[key] };
}
