let leaving = false;

/**
 * Says that this page is being left for another address. What it still hears of its session must not reload it meanwhile: that
 * would end the way.
 * @returns what takes it back, where the way is not gone
 */
export function beginToLeave(): () => void {
  leaving = true;
  return () => {
    leaving = false;
  };
}

export const isBeingLeft = () => leaving;
