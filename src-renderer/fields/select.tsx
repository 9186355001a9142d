import { ChevronDown } from 'lucide-react';
import type { SelectHTMLAttributes } from 'react';

/** A list to choose one from: the system's own, with the keys that people know. */
export function Select({ className = '', children, ...rest }: SelectHTMLAttributes<HTMLSelectElement>) {
  return (
    <span className={`field-select ${className}`}>
      <select className="input" {...rest}>
        {children}
      </select>
      <ChevronDown size={14} aria-hidden="true" />
    </span>
  );
}
