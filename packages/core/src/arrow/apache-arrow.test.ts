import { expect, test, vi } from 'vitest';
import { toArrow } from './to-arrow.ts';

vi.mock('apache-arrow', () => {
  throw new Error("Cannot find package 'apache-arrow'");
});

test('where apache-arrow is missing, the error names the line that installs it', async () => {
  await expect(toArrow({ schema: { price: 'f64' }, columns: { price: Float64Array.of(1) } })).rejects.toThrow(
    'Arrow needs a package that is not installed: npm install apache-arrow@21.2.0',
  );
});
