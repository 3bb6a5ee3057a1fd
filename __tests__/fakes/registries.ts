import type { Registries } from '../../src/ports.ts';

/** No cloud: every registry wants what the inputs give. */
export const NO_REGISTRIES: Registries = { findLogin: async () => undefined };
