/** The package astronomy-engine, an optional peer: loaded when longitudes are first asked for. Its types stay out of the public ones, which compile without it. */
import type * as AstronomyEngine from 'astronomy-engine';

export type Astronomy = typeof AstronomyEngine;

let loading: Promise<Astronomy> | undefined;

/** The package. Errors: Error with the line that installs it, where it is missing. */
export function astronomyEngine(load: () => Promise<Astronomy> = () => import('astronomy-engine')): Promise<Astronomy> {
  loading ??= load().catch((cause: unknown) => {
    // Installed a moment later, it is found.
    loading = undefined;
    throw new Error('Longitudes of planets need a package that is not installed: npm install astronomy-engine@2.1.19', { cause });
  });
  return loading;
}
