import styles from './request-chart.module.css';

/** Port numbers strewn over the water where a chart prints depths: [x, y, port]. */
const SOUNDINGS: readonly (readonly [number, number, string])[] = [
  [62, 268, '80'],
  [268, 112, '443'],
  [352, 66, '6443'],
  [64, 352, '8080'],
  [192, 300, '3306'],
  [318, 538, '6379'],
  [206, 548, '9376'],
  [70, 556, '27017'],
  [398, 470, '30007'],
  [216, 506, '5432'],
  [300, 208, '53'],
  [396, 560, '2379'],
];

/** The Pods at their berths: where each lies, and its address. */
const BERTHS = [
  { y: 258, address: '10.244.1.4', taken: false },
  { y: 322, address: '10.244.2.7', taken: true },
  { y: 386, address: '10.244.1.5', taken: false },
] as const;

const COAST =
  'M480 16C470 46 492 70 476 100C464 124 432 128 424 152C418 172 434 190 440 214V300H456V232H608V412H456V344H440V438C440 466 462 476 456 506C452 534 474 552 470 584H624V16Z';

function Compass() {
  const ticks = Array.from({ length: 72 }, (_, index) => index * 5);
  return (
    <g transform="translate(132 168)" className={styles.compass}>
      <circle r="58" />
      <circle r="50" />
      {ticks.map((angle) => (
        <path key={angle} d={angle % 30 === 0 ? 'M0-58V-46' : 'M0-58V-54'} transform={`rotate(${angle})`} />
      ))}
      <path d="M0-40L4 0L0 40L-4 0Z" />
      <path d="M0-40L4 0H-4Z" className={styles.solid} />
      <path d="M-26 0H26" />
      <text y="-64" textAnchor="middle">
        N
      </text>
    </g>
  );
}

function Berth({ y, address, taken }: (typeof BERTHS)[number]) {
  return (
    <g transform={`translate(532 ${y})`}>
      <path d="M-14-8H34V8H-14L-24 0Z" className={taken ? styles.hullTaken : styles.hull} />
      <path d="M38-12V12" className={styles.quay} />
      <text x="46" y="21" textAnchor="end" className={styles.address}>
        {address}
      </text>
    </g>
  );
}

function Neatline() {
  return (
    <g className={styles.neatline}>
      <rect x="2" y="2" width="636" height="596" />
      <rect x="9" y="9" width="622" height="582" className={styles.scale} />
      <rect x="16" y="16" width="608" height="568" />
    </g>
  );
}

/** The course of one request, drawn as a harbour chart: client, DNS light, Service, Pods. */
export function RequestChart() {
  return (
    <svg
      className={styles.chart}
      viewBox="0 0 640 600"
      role="img"
      aria-labelledby="request-chart-title request-chart-text"
    >
      <title id="request-chart-title">A request’s course through a ClusterIP Service</title>
      <desc id="request-chart-text">
        A chart. A client at sea first asks the DNS light for the name web-service, then steers for the
        harbour web-service at 10.96.15.200 port 80. Inside, one of three berths is picked at random, each
        with odds of one in three, and the request ends at the Pod 10.244.2.7 port 80.
      </desc>
      <rect x="16" y="16" width="608" height="568" className={styles.water} />
      <path
        d="M420 16C404 60 424 84 406 116C392 142 366 150 366 180C366 220 388 236 384 280C380 320 388 372 384 440C382 480 404 500 396 536C390 560 404 572 402 584H624V16Z"
        className={styles.shoal}
      />
      <path
        d="M366 16C346 66 366 96 340 136C318 168 308 190 316 236C324 284 318 350 324 420C328 480 346 510 330 584"
        className={styles.contour}
      />
      <path d="M300 16C276 70 282 110 252 150" className={styles.contour} />
      <path d="M244 440C256 500 262 530 250 584" className={styles.contour} />
      <path d={COAST} className={styles.land} />
      <path
        d="M480 16C470 46 492 70 476 100C464 124 432 128 424 152C418 172 434 190 440 214V300H456V232H608V412H456V344H440V438C440 466 462 476 456 506C452 534 474 552 470 584"
        className={styles.coast}
      />

      <g className={styles.soundings}>
        {SOUNDINGS.map(([x, y, port]) => (
          <text key={port} x={x} y={y}>
            {port}
          </text>
        ))}
      </g>
      <Compass />

      <text x="36" y="50" className={styles.title}>
        WEB-SERVICE
      </text>
      <text x="36" y="68" className={styles.note}>
        and its approaches
      </text>
      <text x="36" y="86" className={styles.fine}>
        Soundings in port numbers
      </text>

      <g className={styles.courses}>
        <path d="M134 466L428 158" className={styles.query} />
        <path d="M142 474L446 324" />
        <path d="M446 322L510 322" />
        <path d="M446 322L510 260" className={styles.untaken} />
        <path d="M446 322L510 384" className={styles.untaken} />
        <path d="M498 317L508 322L498 327" />
        <path d="M418 332L431 331L423 341" />
        <path d="M407 171L418 168L416 179" />
      </g>
      <g className={styles.bearings}>
        <text transform="translate(222 362) rotate(-46.3)">1 web-service?</text>
        <text transform="translate(236 421) rotate(-26.2)">2 10.96.15.200:80</text>
        <text x="458" y="276">
          1/3
        </text>
        <text x="468" y="315">
          1/3
        </text>
        <text x="458" y="376">
          1/3
        </text>
      </g>

      <g className={styles.light}>
        <path d="M436 150C446 134 462 124 474 126C470 138 454 148 436 150Z" className={styles.flare} />
        <path d="M436 141L438.2 147.6L445 147.6L439.6 151.6L441.6 158L436 154.2L430.4 158L432.4 151.6L427 147.6L433.8 147.6Z" />
        <text x="486" y="150" className={styles.place}>
          DNS
        </text>
        <text x="486" y="166" className={styles.fineInk}>
          Fl 30s 10.96.0.10
        </text>
      </g>

      <text x="472" y="210" className={styles.place}>
        WEB-SERVICE
      </text>
      <text x="472" y="225" className={styles.fineInk}>
        10.96.15.200
      </text>
      {BERTHS.map((berth) => (
        <Berth key={berth.address} {...berth} />
      ))}
      <g className={styles.buoy}>
        <path d="M441 318H451V330H441Z" />
      </g>

      <g transform="translate(120 480) rotate(-30)" className={styles.vessel}>
        <path d="M-26-8H12L28 0L12 8H-26Z" />
        <path d="M-14-8V8" />
      </g>
      <text x="84" y="516" className={styles.place}>
        CLIENT
      </text>
      <Neatline />
    </svg>
  );
}
