/** A host or alias outside the cluster. */
export interface OutsideName {
  readonly a?: readonly string[];
  readonly aaaa?: readonly string[];
  readonly cname?: string;
  readonly mx?: readonly string[];
  readonly txt?: readonly string[];
  /** Seconds that its records may be kept, 300 when left out. */
  readonly ttl?: number;
}

/** Names outside the cluster that exist, and where they lead. */
export const OUTSIDE_NAMES: Readonly<Record<string, OutsideName>> = {
  'example.com.': {
    a: ['23.192.228.80', '23.192.228.84'],
    aaaa: ['2600:1406:5e00:6::17ce:bc12', '2600:1406:5e00:6::17ce:bc1b'],
    mx: ['0 .'],
    txt: ['"v=spf1 -all"'],
  },
  'www.example.com.': { a: ['23.192.228.80', '23.192.228.84'] },
  'api.example.com.': { a: ['23.192.228.90'] },
  'db.example.com.': { cname: 'mydb.c9akciq32.us-east-1.rds.amazonaws.com.' },
  'database.example.com.': { a: ['198.51.100.32'] },
  'example.org.': { a: ['23.192.228.85'], mx: ['0 .'], txt: ['"v=spf1 -all"'] },
  'kubernetes.io.': { a: ['15.197.167.90', '3.33.186.135'] },
  'www.kubernetes.io.': { cname: 'kubernetes.io.' },
  'registry.k8s.io.': { a: ['34.96.108.209'], aaaa: ['2600:1901:0:bbc4::'] },
  'dl.k8s.io.': { a: ['34.107.204.206'] },
  'github.com.': { a: ['140.82.121.4'], mx: ['0 github-com.mail.protection.outlook.com.'] },
  'www.github.com.': { cname: 'github.com.' },
  'api.github.com.': { a: ['140.82.121.6'] },
  'raw.githubusercontent.com.': { a: ['185.199.108.133', '185.199.109.133'] },
  // A machine of a friend's, from which the cluster can be seen as the internet sees it.
  'vantage.example.net.': { a: ['203.0.113.10'] },
  'httpbin.org.': { a: ['52.7.224.181', '44.196.3.45'] },
  'ifconfig.me.': { a: ['34.160.111.145'] },
  'icanhazip.com.': { a: ['104.16.184.241', '104.16.185.241'] },
  'google.com.': {
    a: ['142.250.185.78'],
    aaaa: ['2a00:1450:4001:810::200e'],
    mx: ['10 smtp.google.com.'],
    txt: ['"v=spf1 include:_spf.google.com ~all"'],
  },
  'www.google.com.': { a: ['142.250.185.100'], aaaa: ['2a00:1450:4001:828::2004'] },
  'smtp.google.com.': { a: ['142.250.27.26'] },
  'dns.google.': { a: ['8.8.8.8', '8.8.4.4'], aaaa: ['2001:4860:4860::8888', '2001:4860:4860::8844'] },
  'one.one.one.one.': { a: ['1.1.1.1', '1.0.0.1'], aaaa: ['2606:4700:4700::1111', '2606:4700:4700::1001'] },
  'registry-1.docker.io.': { a: ['98.85.153.80', '44.208.254.194'] },
  'auth.docker.io.': { a: ['98.85.153.81'] },
  'my-database.c9akciq32.us-east-1.rds.amazonaws.com.': { a: ['198.51.100.30'] },
  'mydb.c9akciq32.us-east-1.rds.amazonaws.com.': { a: ['198.51.100.31'] },
};

/** Addresses that have a name of their own. */
export const OUTSIDE_POINTERS: Readonly<Record<string, string>> = {
  '8.8.8.8': 'dns.google.',
  '8.8.4.4': 'dns.google.',
  '1.1.1.1': 'one.one.one.one.',
  '1.0.0.1': 'one.one.one.one.',
  '140.82.121.4': 'lb-140-82-121-4-fra.github.com.',
};

/** Who is responsible for the names of a zone. */
export interface OutsideZone {
  readonly servers: readonly string[];
  /** Mail address, serial and times of the authority record; its first server comes before them. */
  readonly soa: string;
}

/** Zones with their name servers; the root's is what an unknown name ends at. */
export const OUTSIDE_ZONES: Readonly<Record<string, OutsideZone>> = {
  '.': {
    servers: ['a.root-servers.net.', 'b.root-servers.net.', 'c.root-servers.net.'],
    soa: 'nstld.verisign-grs.com. 2026112301 1800 900 604800 86400',
  },
  'com.': {
    servers: ['a.gtld-servers.net.', 'b.gtld-servers.net.'],
    soa: 'nstld.verisign-grs.com. 1795420800 1800 900 604800 900',
  },
  'net.': {
    servers: ['a.gtld-servers.net.', 'b.gtld-servers.net.'],
    soa: 'nstld.verisign-grs.com. 1795420800 1800 900 604800 900',
  },
  'org.': {
    servers: ['a0.org.afilias-nst.info.', 'b0.org.afilias-nst.org.'],
    soa: 'hostmaster.donuts.email. 1795420800 7200 900 1209600 3600',
  },
  'io.': {
    servers: ['a0.nic.io.', 'b0.nic.io.'],
    soa: 'hostmaster.donuts.email. 1795420800 7200 900 1209600 3600',
  },
  'example.com.': {
    servers: ['elliott.ns.cloudflare.com.', 'hera.ns.cloudflare.com.'],
    soa: 'dns.cloudflare.com. 2388822109 10000 2400 604800 1800',
  },
  'example.org.': {
    servers: ['elliott.ns.cloudflare.com.', 'hera.ns.cloudflare.com.'],
    soa: 'dns.cloudflare.com. 2388822110 10000 2400 604800 1800',
  },
  'kubernetes.io.': {
    servers: ['ns-cloud-d1.googledomains.com.', 'ns-cloud-d2.googledomains.com.'],
    soa: 'cloud-dns-hostmaster.google.com. 1 21600 3600 259200 300',
  },
  'k8s.io.': {
    servers: ['ns-cloud-d1.googledomains.com.', 'ns-cloud-d2.googledomains.com.'],
    soa: 'cloud-dns-hostmaster.google.com. 1 21600 3600 259200 300',
  },
  'github.com.': {
    servers: ['dns1.p08.nsone.net.', 'ns-1283.awsdns-32.org.'],
    soa: 'hostmaster.nsone.net. 1656468023 43200 7200 1209600 3600',
  },
  'google.com.': {
    servers: ['ns1.google.com.', 'ns2.google.com.', 'ns3.google.com.', 'ns4.google.com.'],
    soa: 'dns-admin.google.com. 823947823 900 900 1800 60',
  },
  'us-east-1.rds.amazonaws.com.': {
    servers: ['ns-1355.awsdns-41.org.', 'ns-1807.awsdns-33.co.uk.'],
    soa: 'awsdns-hostmaster.amazon.com. 1 7200 900 1209600 60',
  },
  'us-east-1.elb.amazonaws.com.': {
    servers: [
      'ns-1119.awsdns-11.org.',
      'ns-1793.awsdns-32.co.uk.',
      'ns-235.awsdns-29.com.',
      'ns-934.awsdns-52.net.',
    ],
    soa: 'awsdns-hostmaster.amazon.com. 1 7200 900 1209600 60',
  },
  'elb.us-east-1.amazonaws.com.': {
    servers: [
      'ns-1435.awsdns-51.org.',
      'ns-1826.awsdns-36.co.uk.',
      'ns-27.awsdns-03.com.',
      'ns-962.awsdns-56.net.',
    ],
    soa: 'awsdns-hostmaster.amazon.com. 1 7200 900 1209600 60',
  },
  'in-addr.arpa.': {
    servers: ['b.in-addr-servers.arpa.', 'a.in-addr-servers.arpa.'],
    soa: 'nstld.iana.org. 2026112301 1800 900 604800 3600',
  },
  'ip6.arpa.': {
    servers: ['b.ip6-servers.arpa.', 'a.ip6-servers.arpa.'],
    soa: 'nstld.iana.org. 2026112301 1800 900 604800 3600',
  },
  // Private ranges are answered by the office's resolver itself, and go no further.
  '10.in-addr.arpa.': { servers: ['localhost.'], soa: 'nobody.invalid. 1 3600 1200 604800 10800' },
  '168.192.in-addr.arpa.': { servers: ['localhost.'], soa: 'nobody.invalid. 1 3600 1200 604800 10800' },
};
