import type { Executable } from '../../../api';
import { check, readConf } from './nginx';
import { nginxVersion } from './nginx-version';

/** Whether a command line of nginx only asks or signals. */
export const isNginxControl = (argv: readonly string[]): boolean =>
  argv.some((word) => /^-(?:t|T|v|V|h|s|q)$/.test(word));

/** nginx as a command beside the server: -t, -s, -v. */
export const nginxControl: Executable = {
  step(state, _, world) {
    const ends = (err: string, code: number) => ({ state, err, next: { kind: 'exit', code } as const });
    const { argv } = world;
    if (argv.includes('-v') || argv.includes('-V'))
      return ends(
        `nginx version: nginx/${nginxVersion(world.env.NGINX_VERSION === undefined ? 'nginx' : `nginx:${world.env.NGINX_VERSION}`)}\n`,
        0,
      );
    const { problem } = check(readConf(world), world);
    if (argv.includes('-t') || argv.includes('-T')) {
      const file = '/etc/nginx/nginx.conf';
      return problem === undefined
        ? ends(
            `nginx: the configuration file ${file} syntax is ok\nnginx: configuration file ${file} test is successful\n`,
            0,
          )
        : ends(`nginx: [emerg] ${problem}\nnginx: configuration file ${file} test failed\n`, 1);
    }
    const signal = ({ reload: 'HUP', quit: 'QUIT', stop: 'TERM', reopen: 'USR1' } as const)[
      argv[argv.indexOf('-s') + 1] ?? ''
    ];
    if (signal === undefined)
      return ends('nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)\n', 1);
    if (problem !== undefined) return ends(`nginx: [emerg] ${problem}\n`, 1);
    return { ...ends(signal === 'HUP' ? '' : '', 0), signal };
  },
};
