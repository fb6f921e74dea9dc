import type { Json } from '../../../api';
import {
  answerArrived,
  type CoreDnsState,
  hasPages,
  listenersOf,
  pageOf,
  startCoreDns,
  stopCoreDns,
  turnCoreDns,
} from '../../dns';
import { defineImage } from '../define-image';
import { goText, servePlainHttp } from '../http';
import type { Program } from '../program';
import { NO_TOOLS } from '../tools';

const asState = (state: Json): CoreDnsState => state as unknown as CoreDnsState;
const asJson = (state: CoreDnsState): Json => state as unknown as Json;

/** CoreDNS as a program; what it does is `cluster/dns`. */
const program: Program<Json> = {
  start: startCoreDns,
  turn: (state, env) => turnCoreDns(asState(state), env),
  listens: (state, env) => listenersOf(asState(state), env),
  stop: (state) => stopCoreDns(asState(state)),
  serve(state, incoming, env) {
    const { request, port, protocol = 'TCP', sourceIP } = incoming;
    if (request.kind === 'dns' && protocol !== 'SCTP') {
      const { query } = request;
      const answered = answerArrived(asState(state), { query, port, protocol, sourceIP }, env);
      const { answer, log, latencyMs, trace } = answered;
      const reply = answer === undefined ? SILENCE : ({ kind: 'dns', answer } as const);
      return { state: asJson(answered.state), reply, log, latencyMs, trace };
    }
    if (request.kind === 'http' && !hasPages(asState(state), port)) return { state, reply: SILENCE };
    return servePlainHttp(state, incoming, (http) => {
      const page = pageOf(asState(state), port, http.path.replace(/\?.*$/, ''));
      if (page === undefined) return { state, reply: goText(env.now, 404, '404 page not found\n') };
      const { status, body, log = [] } = page;
      return { state, reply: goText(env.now, status, body), log };
    });
  },
};

/** The acl plugin drops the question, or what came is none. */
const SILENCE = { kind: 'closed', why: 'empty-reply' } as const;

/** CoreDNS, the cluster's DNS server. */
export const coredns = defineImage({
  names: ['coredns/coredns', 'coredns'],
  registries: ['registry.k8s.io', 'k8s.gcr.io', 'docker.io'],
  entrypoint: ['/coredns'],
  sizeBytes: 22_380_000,
  tools: NO_TOOLS,
  program,
});
