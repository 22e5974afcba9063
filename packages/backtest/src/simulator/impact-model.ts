/** Models of what an order's own size moves the price by, with their sources; `row-volumes.ts` and `execution-price.ts` use them. */
import { knownOptions, oneOf } from '@zanzibar/core';
import { AsOf, type DatedNumber } from '../ledger/as-of.ts';

/**
 * The square root law: price x coefficient x volatility x sqrt(quantity / volume).
 *
 * Units   volatility as a share of price over the time in which `volume` units trade, a day for both as a rule
 * Source  Torre (1997), BARRA Market Impact Model Handbook; Tóth et al. (2011), doi:10.1103/PhysRevX.1.021006, where the coefficient is of order 1
 */
export interface SquareRootImpact {
  readonly kind: 'squareRoot';
  readonly coefficient: number;
  readonly volatility: DatedNumber;
  readonly volume: DatedNumber;
}

/**
 * Price x coefficient x (quantity / volume)^2, with the volume of the row that fills it (`fills.md` C8).
 *
 * Source  Quantopian (2012), zipline's VolumeShareSlippage, whose coefficient (price impact) is 0.1
 */
export interface VolumeShareImpact {
  readonly kind: 'volumeShare';
  readonly coefficient: number;
}

export type ImpactModel = SquareRootImpact | VolumeShareImpact;
/** Models by instrument id, venue or `*`. */
export type ImpactModels = { readonly [scope: string]: ImpactModel };

/** A model with its columns checked. */
export interface Impact {
  readonly coefficient: number;
  /** Null: by the volume of the row. */
  readonly volatility: AsOf | null;
  readonly volume: AsOf | null;
}

/** Errors: RangeError that names the scope, the field and the value; DataError with the row of a column. */
export function makeImpact(scope: string, model: ImpactModel): Impact {
  const where = `impact of ${scope}`;
  oneOf(`${where}: kind`, model.kind, ['squareRoot', 'volumeShare']);
  if (!(model.coefficient >= 0 && Number.isFinite(model.coefficient))) throw new RangeError(`${where}: coefficient must be a number of at least 0, was ${model.coefficient}`);
  if (model.kind === 'volumeShare') {
    knownOptions(where, model, ['kind', 'coefficient']);
    return { coefficient: model.coefficient, volatility: null, volume: null };
  }
  knownOptions(where, model, ['kind', 'coefficient', 'volatility', 'volume']);
  return { coefficient: model.coefficient, volatility: new AsOf(`${where}: volatility`, model.volatility, 'notNegative'), volume: new AsOf(`${where}: volume`, model.volume, 'positive') };
}
