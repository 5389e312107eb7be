import type { Container } from './container';

export const containers: readonly Container[] = Object.values(
  import.meta.glob<Container | undefined>(['./*.ts', '!./index.ts', '!./container.ts'], {
    eager: true,
    import: 'default',
  }),
).flatMap((container) => (container ? [container] : []));
