import type { ArtifactKind } from './kind';

/** Every kind of this folder; `kind.ts` and this file are no kinds. */
export const kinds: readonly ArtifactKind[] = Object.entries(
  import.meta.glob<ArtifactKind | undefined>(['./*.ts', '!./index.ts', '!./kind.ts'], {
    eager: true,
    import: 'default',
  }),
).flatMap(([, kind]) => (kind ? [kind] : []));
