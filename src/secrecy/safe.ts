/** Text that passed the redactor; only this reaches the host or GitHub (design.md rule 10). */
export type Safe = string & { readonly __brand: 'Safe' };
