/** Names outside the cluster that exist, and where they lead. */
export const OUTSIDE_NAMES: Readonly<
  Record<string, { readonly a?: readonly string[]; readonly cname?: string }>
> = {
  'example.com.': { a: ['23.192.228.80', '23.192.228.84'] },
  'www.example.com.': { a: ['23.192.228.80', '23.192.228.84'] },
  'example.org.': { a: ['23.192.228.85'] },
  'kubernetes.io.': { a: ['15.197.167.90'] },
  'github.com.': { a: ['140.82.121.4'] },
  'api.github.com.': { a: ['140.82.121.6'] },
  'google.com.': { a: ['142.250.185.78'] },
  'www.google.com.': { a: ['142.250.185.100'] },
  'registry.k8s.io.': { a: ['34.96.108.209'] },
  'my-database.c9akciq32.us-east-1.rds.amazonaws.com.': { a: ['198.51.100.30'] },
  'mydb.c9akciq32.us-east-1.rds.amazonaws.com.': { a: ['198.51.100.31'] },
  'db.example.com.': { cname: 'mydb.c9akciq32.us-east-1.rds.amazonaws.com.' },
  'api.example.com.': { a: ['23.192.228.90'] },
  'database.example.com.': { a: ['198.51.100.32'] },
};

/** The authority record of the root, as an answer for a name that does not exist carries it. */
export const ROOT_SOA = 'a.root-servers.net. nstld.verisign-grs.com. 2026112301 1800 900 604800 86400';
