import {
  attachManual,
  certificateManual,
  completionManual,
  cpManual,
  debugManual,
  kustomizeManual,
  pluginManual,
  portForwardManual,
  proxyManual,
  topManual,
  topNodeManual,
  topPodManual,
} from '../manual';
import { usageFailure } from '../session';
import { commandGroup } from './group';
import { unavailable } from './unavailable';

const NO_METRICS = 'Metrics API not available';
const notHere = (what: string) => `${what} is not available in this simulated cluster`;

/** `kubectl top …`: there is no metrics server, and it says what kubectl then says. */
export const top = commandGroup(topManual, 'top', [
  unavailable(topNodeManual, NO_METRICS),
  unavailable(topPodManual, NO_METRICS),
]);

/** `kubectl port-forward`. */
export const portForward = {
  ...unavailable(portForwardManual, notHere('port-forward')),
  options: (args: Parameters<ReturnType<typeof unavailable>['options']>[0]) =>
    args.positional.length < 2
      ? usageFailure('port-forward', 'TYPE/NAME and list of ports are required for port-forward')
      : args,
};

/** `kubectl attach`, which has no other end here. */
export const attach = unavailable(attachManual, notHere('attach'));

/** `kubectl certificate`, which has no other end here. */
export const certificate = unavailable(certificateManual, notHere('certificate'));

/** `kubectl completion`, which has no other end here. */
export const completion = unavailable(completionManual, notHere('completion'));

/** `kubectl cp`, which has no other end here. */
export const cp = unavailable(cpManual, notHere('cp'));

/** `kubectl debug`, which has no other end here. */
export const debug = unavailable(debugManual, notHere('debug'));

/** `kubectl kustomize`, which has no other end here. */
export const kustomize = unavailable(kustomizeManual, notHere('kustomize'));

/** `kubectl plugin`, which has no other end here. */
export const plugin = unavailable(pluginManual, notHere('plugin'));

/** `kubectl proxy`, which has no other end here. */
export const proxy = unavailable(proxyManual, notHere('proxy'));
