import type { Tool } from '../process';
import { ip } from './ip';
import { conntrack, ipset, iptables, iptablesSave, ipvsadm } from './kernel-tables';
import { netstat } from './netstat';
import { ss } from './ss';

/** Tools about the machine's own network. */
export const hostTools: Readonly<Record<string, Tool>> = {
  conntrack,
  ip,
  ipset,
  iptables,
  'iptables-save': iptablesSave,
  ipvsadm,
  netstat,
  ss,
};
