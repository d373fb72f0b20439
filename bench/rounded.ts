/** To a hundredth: nothing here is measured more exactly. */
export const rounded = (value: number): number => Math.round(value * 100) / 100;
