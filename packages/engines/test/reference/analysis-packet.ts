/** The seven scores from one row of inputs, case by case. Shares nothing with the engine. */
export interface PacketRow { readonly [input: string]: number | undefined }

const within = (value: number): number => Math.min(1, Math.max(0, value));
const average = (values: readonly number[]): number => {
  const known = values.filter(value => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
};

export function packetOf(row: PacketRow, reach: number, families: number, periods: number): { readonly [score: string]: number } {
  const given = (name: string): number => row[name] ?? NaN, absorption = given('absorptionSigned'), distance = given('liquidityDistance');
  const iceberg = within(given('icebergStrength') / 10), absorbed = within(Math.abs(absorption)), orderFlow = within(Math.max(given('heat') - 50, 50 - given('heat')) / 50), liquidity = within((reach - Math.abs(distance)) / reach);
  const gann = within(given('gannConfluence') / families), astro = within(given('astroConfidence'));
  return {
    iceberg, absorption: absorbed, orderFlow, liquidity, gann, astro: given('reversalWindow') === 0 ? astro / 2 : astro, cycle: within(given('cycleHits') / periods),
    qmo: average([orderFlow, liquidity]), imo: average([iceberg, absorbed]), gannSigned: gann * Math.sign(given('gannDirection')),
    qmoSigned: average([orderFlow * Math.sign(given('delta')), liquidity * Math.sign(distance)]), imoSigned: average([iceberg * Math.sign(absorption), absorbed * Math.sign(absorption)]),
  };
}
