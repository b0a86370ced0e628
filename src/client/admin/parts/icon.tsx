const PATHS = {
  overview: 'M4 20V11h4v9M10 20V4h4v16M16 20v-6h4v6',
  scores: 'M4 6h9M4 12h14M4 18h6',
  channels: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM18 14h2M14 20h2',
  checklist: 'M4 6l1.5 1.5L8 5M4 12l1.5 1.5L8 11M4 18l1.5 1.5L8 17M11 6h9M11 12h9M11 18h9',
  measures: 'M6 21V4h12l-2.5 4L18 12H6',
  settings: 'M4 7h8M18 7h2M4 17h2M12 17h8M15 4.5v5M9 14.5v5',
  print: 'M7 9V4h10v5M7 17H4v-7h16v7h-3M7 14h10v6H7z',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  check: 'M5 13l4.5 4.5L19 7',
  warning: 'M12 4L3 20h18zM12 10v5M12 17.5v.5',
  waiting: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4l3 2',
  behind: 'M12 5v13M6.5 12.5L12 18l5.5-5.5',
  lock: 'M7 11V8a5 5 0 0 1 10 0v3M5 11h14v9H5z',
  leave: 'M14 4h5v16h-5M11 8l-4 4 4 4M7 12h9',
  plus: 'M12 5v14M5 12h14',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L20 20',
  audit: 'M6 3h12v18H6zM9 8h6M9 12h6M9 16l1.5 1.5L14 15',
  account: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21c0-4 3.5-6 8-6s8 2 8 6',
  people:
    'M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM3 20c0-3.5 2.5-5.5 6-5.5s6 2 6 5.5M16 6a3 3 0 0 1 0 6M17.5 15c2.2.7 3.5 2.5 3.5 5',
  organizations: 'M9 3h6v5H9zM3 16h6v5H3zM15 16h6v5h-6zM12 8v4M6 16v-4h12v4',
  compare: 'M12 4v16M8 20h8M5 8h14M5 8l-2.5 6h5zM19 8l-2.5 6h5z',
  device: 'M7 3h10v18H7zM11 17.5h2',
  aside: 'M4 4h16v6H4zM4 14h7v6H4zM15 14v6M19 14v6',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4M9 13h6M9 17h6',
  unfold: 'M6 9l6 6 6-6',
  fold: 'M6 15l6-6 6 6',
  save: 'M12 4v11M7.5 10.5L12 15l4.5-4.5M5 20h14',
} as const;

export type IconName = keyof typeof PATHS;

/** A line drawing beside words, never instead of them. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
