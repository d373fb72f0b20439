import type { HttpSpec } from './http-spec-input.ts';

export type HttpBodyProblem = { field: 'body' | 'graphqlVariables'; sentence: string };

/** Why what a monitor would send is not what its `bodyType` says; null when it is. */
export function httpBodyProblem({
  body,
  bodyType,
  graphqlVariables,
}: Pick<HttpSpec, 'body' | 'bodyType' | 'graphqlVariables'>): HttpBodyProblem | null {
  if (graphqlVariables !== null && bodyType !== 'graphql') {
    return {
      field: 'graphqlVariables',
      sentence: 'Variables go with a GraphQL query, and with no other body.',
    };
  }
  switch (bodyType) {
    case 'text':
      return null;
    case 'json':
      return body === null || parsedJson(body) !== undefined
        ? null
        : {
            field: 'body',
            sentence:
              'This is not JSON: names and texts stand in double quotes, and no comma stands before a closing bracket.',
          };
    case 'form':
      return body === null || isForm(body)
        ? null
        : {
            field: 'body',
            sentence: 'Write pairs such as name=value&other=value, with no spaces or line breaks.',
          };
    case 'graphql':
      if (body === null || body.trim() === '') {
        return { field: 'body', sentence: 'Write the query, such as { health }.' };
      }
      return graphqlVariables === null || isObject(parsedJson(graphqlVariables))
        ? null
        : { field: 'graphqlVariables', sentence: 'Variables are a JSON object, such as {"id": 1}.' };
    default:
      return bodyType satisfies never;
  }
}

/** Undefined, which no JSON is, for what is none. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** As browsers write forms (URL Standard, application/x-www-form-urlencoded), each pair with its name. */
const isForm = (text: string) => /^[^\s=&]+=[^\s&]*(&[^\s=&]+=[^\s&]*)*$/.test(text);
