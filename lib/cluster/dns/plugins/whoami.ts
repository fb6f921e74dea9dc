import type { DnsRecord } from '../../../api';
import { fullName } from '../names';
import { answerWith, dnsHop } from '../plugin';
import type { Directive } from '../setup';

/** The `whoami` plugin: tells clients their own address, port and transport. */
export const whoami: Directive = {
  name: 'whoami',
  setUp({ words, place }) {
    words.next();
    if (words.nextArg()) throw words.argumentError();
    return {
      name: 'whoami',
      answer(query, { client, protocol }) {
        const name = fullName(query.name);
        const type = client.ip.includes(':') ? 'AAAA' : 'A';
        const service = `_${protocol.toLowerCase()}${name === '.' ? '' : '.'}${name}`;
        const additional: readonly DnsRecord[] = [
          { name, type, ttl: 0, data: client.ip },
          { name: service, type: 'SRV', ttl: 0, data: `0 0 ${client.port} .` },
        ];
        const hop = dnsHop(`whoami (${place})`, `tells the client that it is ${client.ip}`);
        return { outcome: answerWith([], additional), trace: [hop] };
      },
    };
  },
};
