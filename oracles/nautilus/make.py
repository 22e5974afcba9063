"""Fills of NautilusTrader for our cases, as JSON: python make.py FOLDER > expected.json, with requirements.txt installed (Python 3.11).

FOLDER is what inputs.ts wrote. The venue is the engine's default one (best bid and offer only, netting, stops in the market rejected, limits filled when
touched); commands need `latency` nanoseconds, so that what is sent on a row meets the next one. Take-profit legs are not post-only: ours take if they can.
For each order, an entry and then its stop and target: the row of the quote that filled it and the price in ticks; -1 for what was not filled, -2 for what
was rejected. The row is that of the quote that the venue was last given, so quotes of equal time are told apart.
"""
import hashlib
import json
import sys
from decimal import Decimal
from pathlib import Path

import nautilus_trader
import pyarrow.parquet as parquet
from nautilus_trader.backtest.engine import BacktestEngine
from nautilus_trader.backtest.models import LatencyModel
from nautilus_trader.backtest.modules import SimulationModule, SimulationModuleConfig
from nautilus_trader.config import BacktestEngineConfig, LoggingConfig, RiskEngineConfig, StrategyConfig
from nautilus_trader.model.currencies import EUR, USD
from nautilus_trader.model.enums import AccountType, OmsType, OrderSide, OrderType
from nautilus_trader.model.identifiers import InstrumentId, Symbol, Venue
from nautilus_trader.model.instruments import CurrencyPair
from nautilus_trader.model.objects import Money, Price, Quantity
from nautilus_trader.persistence.wranglers import QuoteTickDataWrangler
from nautilus_trader.trading.strategy import Strategy

folder = Path(sys.argv[1])
given = json.loads((folder / "cases.json").read_text())
cases, tick = given["cases"], given["tick"]
table = parquet.read_table(folder / "quotes.parquet")
digest = hashlib.sha256(b"".join(table.column(name).to_numpy().tobytes() for name in ("time", "bid", "ask")))
frame = table.to_pandas()
precision = 4
assert round(tick * 10**precision) == 1

venue = Venue("SIM")
pair = CurrencyPair(
    InstrumentId(Symbol("EUR/USD"), venue), Symbol("EUR/USD"), EUR, USD, precision, 0, Price(tick, precision), Quantity.from_int(1), 0, 0,
    margin_init=Decimal(0), margin_maint=Decimal(0), maker_fee=Decimal(0), taker_fee=Decimal(0), lot_size=Quantity.from_int(1),
)


def price(ticks):
    return Price(ticks * tick, precision)


class RowCount(SimulationModule):
    """Counts the quotes that the venue was given, this one included."""

    def __init__(self):
        super().__init__(SimulationModuleConfig())
        self.count = 0

    def pre_process(self, data):
        self.count += 1

    def process(self, now):
        pass

    def log_diagnostics(self, logger):
        pass

    def reset(self):
        pass


class Cases(Strategy):
    def __init__(self, rows):
        super().__init__(StrategyConfig(strategy_id="S-1"))
        self.rows, self.next, self.places = rows, 0, {}
        self.row, self.ticks, self.taker, self.held = [], [], [], 0

    def on_start(self):
        self.subscribe_quote_ticks(pair.id)

    def on_quote_tick(self, quote):
        row = self.rows.count - 1
        if self.next < len(cases) and row == cases[self.next]["row"]:
            self.send(cases[self.next])
            self.next += 1
        if self.next == 0:
            return
        since = row - cases[self.next - 1]["row"]
        if since == given["workingRows"]:
            self.cancel_all_orders(pair.id)
        elif since == given["workingRows"] + given["flattenRows"] and self.held != 0:
            self.submit_order(self.order_factory.market(pair.id, OrderSide.SELL if self.held > 0 else OrderSide.BUY, Quantity.from_int(abs(self.held))))

    def send(self, case):
        side, quantity, kind, factory = OrderSide.BUY if case["side"] > 0 else OrderSide.SELL, Quantity.from_int(case["quantity"]), case["kind"], self.order_factory
        if case["stop"] is not None:
            entry = dict(entry_order_type=OrderType.LIMIT, entry_price=price(case["price"])) if kind == "limit" else {}
            orders = factory.bracket(pair.id, side, quantity, sl_trigger_price=price(case["stop"]), tp_price=price(case["target"]), tp_post_only=False, **entry)
            for order in orders.orders:
                self.add(order)
            self.submit_order_list(orders)
            return
        if kind == "market":
            order = factory.market(pair.id, side, quantity)
        elif kind == "limit":
            order = factory.limit(pair.id, side, quantity, price(case["price"]))
        else:
            order = factory.stop_market(pair.id, side, quantity, price(case["price"]))
        self.add(order)
        self.submit_order(order)

    def add(self, order):
        self.places[order.client_order_id] = len(self.row)
        self.row.append(-1)
        self.ticks.append(0)
        self.taker.append(0)

    def on_order_filled(self, event):
        self.held += int(event.last_qty) * (1 if event.order_side == OrderSide.BUY else -1)
        place = self.places.get(event.client_order_id)
        if place is None:
            return
        order = self.cache.order(event.client_order_id)
        assert order.is_closed, f"{order} was filled in parts"
        self.row[place] = self.rows.count - 1
        self.ticks[place] = round(event.last_px.as_double() / tick)
        self.taker[place] = 1 if event.liquidity_side.name == "TAKER" else 0

    def on_order_rejected(self, event):
        self.row[self.places[event.client_order_id]] = -2


rows = RowCount()
engine = BacktestEngine(BacktestEngineConfig(logging=LoggingConfig(bypass_logging=True), run_analysis=False, risk_engine=RiskEngineConfig(bypass=True)))
engine.add_venue(
    venue, oms_type=OmsType.NETTING, account_type=AccountType.MARGIN, base_currency=USD, starting_balances=[Money(1_000_000_000, USD)],
    latency_model=LatencyModel(base_latency_nanos=given["latency"]), modules=[rows],
)
engine.add_instrument(pair)
index = frame.rename(columns={"bid": "bid_price", "ask": "ask_price", "bidSize": "bid_size", "askSize": "ask_size"}).set_index("time")
engine.add_data(QuoteTickDataWrangler(pair).process(index))
strategy = Cases(rows)
engine.add_strategy(strategy)
engine.run()
assert strategy.next == len(cases) and strategy.held == 0
print(json.dumps(dict(
    program=f"nautilus_trader {nautilus_trader.__version__}", quotes=len(frame), quotesDigest=digest.hexdigest(),
    casesDigest=hashlib.sha256((folder / "cases.json").read_bytes()).hexdigest(),
    row=strategy.row, ticks=strategy.ticks, taker=strategy.taker,
), separators=(",", ":")))
