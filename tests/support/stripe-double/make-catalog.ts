import type { Plan, Price, Product } from './stripe-objects.ts';

export type CatalogPrice = { id: string; amount: number; currency: string };

/** The one product that is for sale, and its monthly price. */
export function makeCatalog({ id, amount, currency }: CatalogPrice, at: number): [Product, Price] {
  const product: Product = {
    id: `prod_${id.replace(/^price_/, '')}`,
    object: 'product',
    active: true,
    created: at,
    default_price: id,
    description: 'Unlimited monitors, checked every 10 seconds from all regions.',
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: {},
    name: 'StatusWatch Pro',
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: 'service',
    unit_label: null,
    updated: at,
    url: null,
  };
  const price: Price = {
    id,
    object: 'price',
    active: true,
    billing_scheme: 'per_unit',
    created: at,
    currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product: product.id,
    recurring: {
      interval: 'month',
      interval_count: 1,
      meter: null,
      trial_period_days: null,
      usage_type: 'licensed',
    },
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'recurring',
    unit_amount: amount,
    unit_amount_decimal: String(amount),
  };
  return [product, price];
}

/** The same price in the older words that subscription items still carry beside it. */
export function planOf(price: Price): Plan {
  return {
    id: price.id,
    object: 'plan',
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: price.billing_scheme,
    created: price.created,
    currency: price.currency,
    interval: price.recurring?.interval ?? 'month',
    interval_count: price.recurring?.interval_count ?? 1,
    livemode: false,
    metadata: price.metadata,
    meter: null,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: null,
    usage_type: 'licensed',
  };
}
