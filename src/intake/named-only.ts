import type { Container } from './containers/container';

/** The members of an archive whose form cannot be read: none, and a problem that names the form. */
export const namedOnly = (format: string): Container['members'] =>
  // eslint-disable-next-line require-yield
  async function* (_input, report) {
    report.problem('unsupported-archive', 0, format);
  };
