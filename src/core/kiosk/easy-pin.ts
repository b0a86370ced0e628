/** True for a PIN that somebody tries first: one digit alone, or digits that count up or down. */
export function isEasyPin(pin: string): boolean {
  const digits = Array.from(pin, Number);
  const [first = 0, second = 0] = digits;
  const step = second - first;
  return Math.abs(step) <= 1 && digits.every((digit, place) => digit === first + place * step);
}
