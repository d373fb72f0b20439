/**
 * Query options as `createTRPCQueryUtils` makes them, in the form that solid-query takes: the two differ only in
 * `initialData`, which none of ours has.
 */
export function forSolid<T extends object>(options: T): Omit<T, 'initialData'> & { initialData: undefined } {
  return { ...options, initialData: undefined };
}
