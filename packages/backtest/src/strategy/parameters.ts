/** Declared parameters: constructors, the values a run uses, and the errors that name a wrong one. */
import type { Parameter, Parameters, ParameterValue } from './strategy.ts';

type IntegerParameter = Extract<Parameter, { readonly type: 'integer' }>;
type NumberParameter = Extract<Parameter, { readonly type: 'number' }>;
type FlagParameter = Extract<Parameter, { readonly type: 'flag' }>;
export interface ChoiceParameter<C extends string> {
  readonly type: 'choice';
  readonly choices: readonly C[];
  readonly default: C;
}

/** Values of declared parameters, by name. */
export type ValuesOf<P extends Parameters> = {
  readonly [N in keyof P]: P[N] extends { readonly type: 'choice'; readonly choices: readonly (infer C)[] } ? C : P[N] extends { readonly type: 'flag' } ? boolean : number;
};

/** A whole number in [minimum, maximum]; `log` spaces a search by ratios. */
export function integer(minimum: number, maximum: number, standard: number, options: { readonly log?: boolean } = {}): IntegerParameter {
  return { type: 'integer', minimum, maximum, default: standard, ...options };
}

/** A number in [minimum, maximum]. */
export function number(minimum: number, maximum: number, standard: number, options: { readonly log?: boolean } = {}): NumberParameter {
  return { type: 'number', minimum, maximum, default: standard, ...options };
}

/** One word of several. */
export function choice<const C extends string>(choices: readonly C[], standard: C): ChoiceParameter<C> {
  return { type: 'choice', choices, default: standard };
}

/** On or off. */
export function flag(standard: boolean): FlagParameter {
  return { type: 'flag', default: standard };
}

/** Throws unless the value is one that the parameter allows: `swing must be an integer in [1, 50], was 0`. */
export function checkParameter(what: string, parameter: Parameter, value: unknown): void {
  const refuse = (rule: string): never => {
    throw new RangeError(`${what} must be ${rule}, was ${String(value)}`);
  };
  switch (parameter.type) {
    case 'choice':
      if (!parameter.choices.includes(value as string)) refuse(`one of ${parameter.choices.join(', ')}`);
      return;
    case 'flag':
      if (typeof value !== 'boolean') refuse('true or false');
      return;
    default: {
      const { minimum, maximum, type } = parameter;
      const isInside = typeof value === 'number' && value >= minimum && value <= maximum && (type === 'number' || Number.isInteger(value));
      if (!isInside) refuse(`${type === 'integer' ? 'an integer' : 'a number'} in [${minimum}, ${maximum}]`);
    }
  }
}

/** All values of a run: the given ones checked, defaults for the rest. */
export function resolveParameters<P extends Parameters>(strategy: string, parameters: P, given: { readonly [name: string]: ParameterValue } = {}): ValuesOf<P> {
  for (const name in given) if (!(name in parameters)) throw new RangeError(`${strategy}: unknown parameter "${name}", known are ${Object.keys(parameters).join(', ') || 'none'}`);
  const values: Record<string, ParameterValue> = {};
  for (const name in parameters) {
    const value = given[name] ?? parameters[name].default;
    checkParameter(`${strategy}: ${name}`, parameters[name], value);
    values[name] = value;
  }
  return values as ValuesOf<P>;
}

/** The value of a parameter written as text, as in `--set swing=5`. */
export function parseParameter(what: string, parameter: Parameter, text: string): ParameterValue {
  const value = parameter.type === 'choice' ? text : parameter.type === 'flag' ? (text === 'true' ? true : text === 'false' ? false : text) : text.trim() === '' ? text : Number(text);
  checkParameter(what, parameter, value);
  return value;
}
