import { searchCatalogue } from './catalogue-search';
import { copyCode } from './copy-code';
import { lightPage } from './light-page';
import { liveCluster } from './live-cluster';

/** All that moves on pages which are documents. Each part looks for its place, and does nothing where there is none. */
lightPage();
copyCode();
searchCatalogue();
liveCluster();
