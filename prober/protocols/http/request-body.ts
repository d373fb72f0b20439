import type { HttpSpec } from '../../../shared/checks/http-spec-input.ts';

/** What a monitor sends as its body, and the Content-Type that goes with it where no header of its own names one. */
export function requestBody({ body, bodyType, graphqlVariables }: HttpSpec): {
  body: string | null;
  contentType: string | null;
} {
  if (body === null) return { body, contentType: null };
  switch (bodyType) {
    case 'text':
      return { body, contentType: null };
    case 'json':
      return { body, contentType: 'application/json' };
    case 'form':
      return { body, contentType: 'application/x-www-form-urlencoded' };
    case 'graphql': {
      // GraphQL over HTTP, 5.1: the query and its variables, as JSON.
      const variables = graphqlVariables === null ? '' : `,"variables":${graphqlVariables}`;
      return { body: `{"query":${JSON.stringify(body)}${variables}}`, contentType: 'application/json' };
    }
    default:
      return bodyType satisfies never;
  }
}
