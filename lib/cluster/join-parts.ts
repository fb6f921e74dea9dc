import { assert } from '../base';
import { answerConnection, type Reach } from './api-port';
import { attachInput } from './attach-input';
import { machineOf } from './bootstrap';
import { type CloudPart, createCloud } from './cloud';
import type { ClusterOptions, ClusterPorts } from './cluster-seam';
import { enterContainer, type InsideSources } from './container-inside';
import { controllersWith, serviceAccountTokens } from './controllers';
import { faultBook, isProbeBroken, kubeletStoppedSince, machineDownSince } from './faults';
import type { Held } from './held';
import { API_PROGRAMS, findImage } from './images';
import { createKubelet, createNodeStatus, type KubeletOptions } from './kubelet';
import { checkReachable } from './kubelet-reach';
import { watchLogs } from './log-port';
import { createLoop, type Loop } from './loop';
import {
  type ClusterNetwork,
  type NetworkOptions,
  networkFrom,
  podResolvConf,
  printResolvConf,
} from './network';
import type { Parts } from './parts';
import { createPodClients } from './pod-clients';
import { podTokens } from './pod-tokens';
import { API_SERVER_IP, POD_CIDR, SERVICE_CIDR } from './ranges';
import { apiServerChain } from './root-ca';
import { scheduler } from './scheduler';
import { type ApiServer, legacyClaims, signToken } from './server';

/** Joins the parts of a cluster around what it remembers. */
export function joinParts(options: ClusterOptions, ports: ClusterPorts, held: Held): Parts {
  const { clock, random } = ports;
  const faults = faultBook(held.faults);
  const silentSince = (node: string) => kubeletStoppedSince(faults.list, node);
  const server = held.server.hearing({
    kubelet: silentSince,
    machine: (node) => machineDownSince(faults.list, node),
  });
  const view = server.view();
  const find = (reference: string) => findImage(reference, options.images, options.ownImages);
  const logs = watchLogs(held.containers);
  const { containers } = logs;
  // Kubelet and network need each other: probes go through the network, which asks the kubelet what programs see.
  let joined: ClusterNetwork | undefined;
  const send: KubeletOptions['send'] = (...what) => {
    assert(joined, 'nothing is sent before the network is joined');
    return joined.sendTo(...what);
  };
  let running: Loop | undefined;
  const tokenOf = podTokens(server, containers, clock);
  const isStopped = (node: string) => silentSince(node) !== undefined;
  const kubelet = createKubelet({
    containers,
    tokenOf,
    findImage: find,
    send,
    lookup: (from, name, by) => network.lookup(from, name, by),
    ping: (from, ip) => network.ping({ from, ip }).outcome,
    wake: (key, at) => running?.wake('kubelet', key, at),
    resolvConf: (pod) => printResolvConf(podResolvConf(pod, SERVICE_CIDR)),
    isStopped,
    isProbeBroken: (...probe) => isProbeBroken(faults.list, ...probe),
  });
  const cloud: CloudPart | undefined =
    options.cloud !== 'aws'
      ? undefined
      : createCloud(held.cloud, {
          instances: Array.from({ length: options.nodes }, (_, index) => machineOf(index)),
          view,
          clock,
          random,
          send: (to) => network.sendFromCloud(to).outcome,
          wake: (controller, key, at) => running?.wake(controller, key, at),
        });
  const reachFrom = (node: string): Reach => ({
    send: (packet) =>
      network.send({ ...packet, from: { kind: 'node', name: node }, protocol: 'TCP' }).outcome,
    random,
  });
  const networkOptions: NetworkOptions = {
    view: () => view,
    containers,
    findImage: find,
    processEnv: (pod, container) => kubelet.processEnv(view, pod, container, clock.now(), random),
    served: (record, before, serving) => kubelet.served(view, clock.now(), record, before, serving),
    faults: () => faults.list,
    cloud: cloud?.edge,
    apiServer: (request, node) =>
      answerConnection(
        server,
        request,
        apiServerChain(node.name, [API_SERVER_IP, node.ip], clock.now()),
        clock.now(),
        reachFrom(node.name),
      ),
    clock,
    random,
    podCIDR: POD_CIDR,
    serviceCIDR: SERVICE_CIDR,
  };
  const network: ClusterNetwork = networkFrom(networkOptions, held.network);
  joined = network;
  const world = {
    store: server.store,
    view,
    actAs: (identity: Parameters<ApiServer['as']>[0]) => server.as(identity),
    clock: clock.now,
    random,
  };
  const tokens = serviceAccountTokens((account, secret) =>
    signToken(server.tokenKey, legacyClaims(account, secret)),
  );
  const all = [
    ...controllersWith(silentSince),
    tokens,
    scheduler,
    kubelet,
    createNodeStatus(isStopped),
    network.kubeProxy,
    ...(cloud?.controllers ?? []),
    ...server.upkeep,
    ...createPodClients(
      {
        containers,
        view: () => view,
        faults: () => faults.list,
        findImage: find,
        actAs: (identity) => server.as(identity),
        processEnv: networkOptions.processEnv,
        ask: (...what) => kubelet.ask(clock.now(), ...what),
      },
      API_PROGRAMS,
    ),
  ];
  const loop = createLoop({ ...world, controllers: all, pending: held.pending });
  running = loop;
  const ask: InsideSources['ask'] = (...what) => kubelet.ask(clock.now(), ...what);
  const sources = { view, containers, serviceCIDR: SERVICE_CIDR, findImage: find, ask, tokenOf };
  const clientPorts: Parts['clientPorts'] = {
    attach: (target, streams) =>
      attachInput(
        { ...sources, logs: logs.port, runInside: ports.runInside, now: clock.now },
        target,
        streams,
      ),
    exec: (target, streams) => ports.runInside(enterContainer(sources, target), target.command, streams),
    logs: logs.port,
    dial: (node, url) => checkReachable(view, faults.list, node, url),
    send: (packet) => network.send(packet).outcome,
    now: clock.now,
  };
  const reach = reachFrom(machineOf(0).node);
  return { server, view, containers, network, reach, faults, loop, cloud, clientPorts };
}
