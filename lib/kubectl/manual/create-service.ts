import type { Manual } from './manual';

/** The manual page of `kubectl create service`. */
export const createServiceManual: Manual = {
  name: 'service',
  aliases: ['svc'],
  summary: 'Create a service using a specified subcommand',
  long: 'Create a service using a specified subcommand.',
  usage: 'create service [flags] [options]',
  examples: '',
  flags: [],
};
