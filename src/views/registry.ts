/** The views: icon and code, loaded when first shown. */
import ArrowLeftRight from '@lucide/svelte/icons/arrow-left-right';
import Briefcase from '@lucide/svelte/icons/briefcase';
import ClipboardList from '@lucide/svelte/icons/clipboard-list';
import FolderTree from '@lucide/svelte/icons/folder-tree';
import House from '@lucide/svelte/icons/house';
import ListChecks from '@lucide/svelte/icons/list-checks';
import PhoneCall from '@lucide/svelte/icons/phone-call';
import Search from '@lucide/svelte/icons/search';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import Share2 from '@lucide/svelte/icons/share-2';
import Users from '@lucide/svelte/icons/users';
import type { Component } from 'svelte';
import type { ViewId } from '../state/selection.svelte';

interface ViewEntry {
  readonly icon: Component<{ size?: number; strokeWidth?: number }>;
  load(): Promise<{ readonly default: Component }>;
}

export const views: Readonly<Record<ViewId, ViewEntry>> = {
  start: { icon: House, load: () => import('./Start/Start.svelte') },
  overview: { icon: ListChecks, load: () => import('./Overview/Overview.svelte') },
  evidence: { icon: FolderTree, load: () => import('./Evidence/Evidence.svelte') },
  calls: { icon: PhoneCall, load: () => import('./Calls/Calls.svelte') },
  ladder: { icon: ArrowLeftRight, load: () => import('./Ladder/Ladder.svelte') },
  users: { icon: Users, load: () => import('./Users/Users.svelte') },
  logs: { icon: ScrollText, load: () => import('./Logs/Logs.svelte') },
  checklists: { icon: ClipboardList, load: () => import('./Checklists/Checklists.svelte') },
  case: { icon: Briefcase, load: () => import('./Case/Case.svelte') },
  share: { icon: Share2, load: () => import('./Share/Share.svelte') },
  search: { icon: Search, load: () => import('./Search/Search.svelte') },
};
