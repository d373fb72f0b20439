import { expect, test } from 'vitest';
import { httpBodyProblem } from './http-body-problem.ts';

const problem = (bodyType: 'text' | 'json' | 'form' | 'graphql', body: string | null, variables?: string) =>
  httpBodyProblem({ bodyType, body, graphqlVariables: variables ?? null })?.field ?? null;

test('a body that is to be JSON is JSON', () => {
  for (const body of ['{"a":1}', '[]', '"text"', ' 1 ', 'null', null])
    expect(problem('json', body)).toBeNull();
  for (const body of ['', '{a:1}', '{"a":1,}', 'undefined']) expect(problem('json', body), body).toBe('body');
});

test('a form is pairs of names and values', () => {
  for (const body of ['a=1', 'a=', 'a=1&b=%20x+y', 'a[]=1&a[]=2', 'q=a=b', null]) {
    expect(problem('form', body), String(body)).toBeNull();
  }
  for (const body of ['', 'a', '=1', 'a=1&', '&a=1', 'a=1 2', 'a=1\nb=2', '{"a":1}']) {
    expect(problem('form', body), body).toBe('body');
  }
});

test('GraphQL is a query, and variables that are a JSON object', () => {
  expect(problem('graphql', '{ health }')).toBeNull();
  expect(problem('graphql', '{ health }', '{"id": 1}')).toBeNull();
  for (const body of [null, '', ' \n']) expect(problem('graphql', body)).toBe('body');
  for (const variables of ['', '[]', 'null', '1', '{id:1}']) {
    expect(problem('graphql', '{ health }', variables), variables).toBe('graphqlVariables');
  }
});

test('variables go with nothing else', () => {
  expect(problem('json', '{}', '{}')).toBe('graphqlVariables');
});

test('text is anything', () => {
  expect(problem('text', 'a=1\n{')).toBeNull();
});
