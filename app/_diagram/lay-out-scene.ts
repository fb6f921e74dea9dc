import { courseOf, type Place, vantagePlace } from '../_client/lab/chart/places';
import type { EndpointLine, NodeLine, PodLine, ServiceLine } from '../_client/lab/cluster-summary';
import type { Scene } from './scene';

/** Something that stands on the drawing: where its box is, and where courses reach it. */
interface Standing {
  readonly place: Place;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A Pod at its berth. */
export interface DrawnBerth extends Standing {
  readonly pod: PodLine;
}

/** A node as a quay, with its Pods. */
export interface DrawnQuay extends Standing {
  readonly node: NodeLine | undefined;
  readonly berths: readonly DrawnBerth[];
}

/** A Service as a harbour. */
export interface DrawnHarbour extends Standing {
  readonly service: ServiceLine;
}

/** Whoever and whatever else takes part: the name server, the office, the internet. */
export interface DrawnMark extends Standing {
  readonly text: string;
}

/** A line from a harbour to one of its berths. */
export interface DrawnRope {
  readonly key: string;
  readonly d: string;
  readonly ready: boolean;
}

/** One leg of a request's course. */
export interface DrawnLeg {
  readonly d: string;
  /** A question to the name server, whose answer goes back to whoever asked. */
  readonly query: boolean;
  /** Where its number stands. */
  readonly x: number;
  readonly y: number;
  /** Numbers of the hops, from 1, that happen where it ends. */
  readonly hops: readonly [first: number, last: number];
}

/** A drawing, ready to be put on paper. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly quays: readonly DrawnQuay[];
  readonly harbours: readonly DrawnHarbour[];
  readonly marks: readonly DrawnMark[];
  readonly ropes: readonly DrawnRope[];
  readonly legs: readonly DrawnLeg[];
  /** Where the request ended. */
  readonly end: { readonly x: number; readonly y: number } | undefined;
}

const HARBOUR = 46;
const MARK = 28;
const QUAY_HEAD = 26;
const BERTH = 27;
const GAP = 12;
const LANE = 9;
const EDGE = 6;
/** From here on Services stand left of the quays, and above them on narrower paper. */
const SIDE_BY_SIDE = 520;

const MARKS: Readonly<Record<Place, string>> = { dns: 'DNS', office: 'the office', internet: 'the internet' };

/** Room kept for a request that is not there yet, so that nothing moves when it comes. */
export interface Reserved {
  readonly legs: number;
  readonly marks: readonly Place[];
}

/** Places a scene on paper of that width. Every line runs through one fairway beside the Services, each in a lane of its own. */
export function layOutScene(scene: Scene, width: number, reserved?: Reserved): Drawing {
  const { cluster, way } = scene;
  const course = way === undefined ? [] : courseOf(way, cluster.services);
  const stops = stopsOf(scene, course);
  const legs = Math.max(reserved?.legs ?? 0, stops.length - 1);
  const lanes = cluster.services.length + legs;
  const fairway = lanes * LANE + 22;
  const beside = width >= SIDE_BY_SIDE;
  const left = beside ? EDGE : EDGE + fairway;
  const harbourWidth = beside ? Math.round((width - fairway) * 0.43) : width - fairway - 2 * EDGE;
  const laneFrom = beside ? EDGE + harbourWidth + 14 : EDGE + 8;

  // A column of harbours and marks …
  let y = EDGE;
  const stand = (place: Place, height: number): Standing => {
    const here = { place, x: left, y, width: harbourWidth, height };
    y += height + GAP;
    return here;
  };
  const marked = [...new Set([...(reserved?.marks ?? []), ...stops, ...course])].filter(
    (place) => place in MARKS,
  );
  const begins = stops[0];
  const mark = (place: Place) => ({ ...stand(place, MARK), text: MARKS[place] ?? place });
  // The office is where the admin machine is; it matters only to what comes from there or goes there.
  const first = marked.filter((place) => place === begins || place === 'dns').map(mark);
  const harbours = cluster.services.map((service) => ({ ...stand(service.key, HARBOUR), service }));
  const last = marked.filter((place) => place !== begins && place !== 'dns').map(mark);
  const marks = [...first, ...last];
  const bottom = y - GAP;

  // … and one of quays, beside it or below.
  y = beside ? EDGE : bottom + GAP + 6;
  const quayX = beside ? EDGE + harbourWidth + fairway : left;
  const quayWidth = width - quayX - EDGE;
  const quays = quaysOf(scene, stops).map(({ node, pods }): DrawnQuay => {
    const place = node === undefined ? 'nowhere' : `node/${node.name}`;
    const height = QUAY_HEAD + Math.max(1, pods.length) * BERTH + 4;
    const top = y;
    y += height + GAP;
    const berths = pods.map((pod, row) => ({
      pod,
      place: pod.key,
      x: quayX + 8,
      y: top + QUAY_HEAD + row * BERTH,
      width: quayWidth - 16,
      height: BERTH,
    }));
    return { node, place, x: quayX, y: top, width: quayWidth, height, berths };
  });
  const height = Math.max(bottom, y - GAP) + EDGE;

  const inlets = new Map<Place, { x: number; y: number }>();
  for (const each of [...harbours, ...marks])
    inlets.set(each.place, { x: beside ? each.x + each.width : each.x, y: each.y + each.height / 2 });
  for (const quay of quays) {
    inlets.set(quay.place, { x: quay.x, y: quay.y + QUAY_HEAD / 2 });
    for (const berth of quay.berths) inlets.set(berth.place, { x: berth.x, y: berth.y + BERTH / 2 });
  }
  const ropes = harbours.flatMap(({ service }, index) => {
    const from = inlets.get(service.key);
    return service.endpoints.flatMap((endpoint) => {
      const to = inlets.get(berthOf(endpoint, cluster.pods) ?? '');
      if (from === undefined || to === undefined) return [];
      const key = `${service.key} ${endpoint.address}`;
      return [{ key, d: through(from, to, laneFrom + index * LANE), ready: endpoint.ready }];
    });
  });
  const drawn = legsOf(stops, course, inlets, laneFrom + harbours.length * LANE);
  const ending = inlets.get(stops.at(-1) ?? '');
  return { width, height, quays, harbours, marks, ropes, legs: drawn, end: ending };
}

/** Where the course turns: the sender first; a place that it stays at is named once. */
function stopsOf({ way, cluster }: Scene, course: readonly Place[]): readonly Place[] {
  if (way?.sender === undefined) return [];
  const known = new Set<Place>([
    ...cluster.services.map(({ key }) => key),
    ...cluster.pods.map(({ key }) => key),
    ...cluster.nodes.map(({ name }) => `node/${name}`),
    ...Object.keys(MARKS),
  ]);
  const sender = vantagePlace(way.sender);
  const stops: Place[] = [sender];
  for (const place of course) {
    const last = stops.at(-1);
    // An answer comes back to whoever asked; the next leg begins there anyway.
    if (!known.has(place) || place === last || (place === sender && last === 'dns')) continue;
    // A node that a request came in by is where the Service's rules are, too: that is no other place.
    if (place.startsWith('node/') && stops.includes(place)) continue;
    stops.push(place);
  }
  return stops;
}

function quaysOf(
  { cluster }: Scene,
  stops: readonly Place[],
): readonly { readonly node: NodeLine | undefined; readonly pods: readonly PodLine[] }[] {
  const of = (name: string) => cluster.pods.filter(({ node }) => node === name);
  const quays = cluster.nodes
    .map((node) => ({ node, pods: of(node.name) }))
    .filter(({ node, pods }) => pods.length > 0 || stops.includes(`node/${node.name}`));
  const homeless = of('');
  return homeless.length > 0 ? [...quays, { node: undefined, pods: homeless }] : quays;
}

/** The berth of an endpoint: its Pod's, or that of whoever has the address that somebody wrote by hand. */
function berthOf({ pod, address }: EndpointLine, pods: readonly PodLine[]): Place | undefined {
  return pod ?? pods.find((each) => each.address === address)?.key;
}

function through(from: { x: number; y: number }, to: { x: number; y: number }, lane: number): string {
  return `M${from.x} ${from.y}H${lane}V${to.y}H${to.x}`;
}

function legsOf(
  stops: readonly Place[],
  course: readonly Place[],
  inlets: ReadonlyMap<Place, { x: number; y: number }>,
  lane: number,
): readonly DrawnLeg[] {
  const numbers = hopsAt(stops, course);
  return stops.slice(1).flatMap((place, index) => {
    // The name server answers whoever asked, and from there the request goes on.
    const before = stops[index] === 'dns' ? stops[index - 1] : stops[index];
    const [from, to] = [inlets.get(before ?? ''), inlets.get(place)];
    if (from === undefined || to === undefined) return [];
    const here = lane + index * LANE;
    const hops = numbers[index + 1] ?? [0, 0];
    return [{ d: through(from, to, here), query: place === 'dns', x: here, y: to.y, hops }];
  });
}

/** Which hops happen at each stop: walks both lists, for a course may come to one place twice. */
function hopsAt(stops: readonly Place[], course: readonly Place[]): readonly [number, number][] {
  const found = stops.map((): [number, number] => [0, 0]);
  let stop = 0;
  course.forEach((place, index) => {
    if (place !== stops[stop] && place === stops[stop + 1]) stop += 1;
    const range = found[stop];
    if (range !== undefined) found[stop] = [range[0] === 0 ? index + 1 : range[0], index + 1];
  });
  return found;
}
