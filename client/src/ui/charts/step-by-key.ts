/**
 * Where a key moves the chosen step of a chart: by one, by `stride`, to either end. From no step a step back goes to the
 * newest. Undefined for a key that moves nothing.
 */
export function stepByKey(
  key: string,
  chosen: number | null,
  span: { first: number; last: number; stride: number },
): number | undefined {
  const { first, last, stride } = span;
  const from = chosen ?? last + 1;
  const within = (index: number) => Math.min(last, Math.max(first, index));
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return within(from - 1);
    case 'ArrowRight':
    case 'ArrowUp':
      return within(from + 1);
    case 'PageDown':
      return within(from - stride);
    case 'PageUp':
      return within(from + stride);
    case 'Home':
      return first;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
