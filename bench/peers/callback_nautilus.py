"""SMA 10/20 reversal with NautilusTrader's Python strategy on its compiled core: 100 units, fills at the close of the bar that decides."""
import sys
from decimal import Decimal
import pandas as pd
from nautilus_trader.backtest.engine import BacktestEngine
from nautilus_trader.config import BacktestEngineConfig, LoggingConfig, RiskEngineConfig, StrategyConfig
from nautilus_trader.indicators import SimpleMovingAverage
from nautilus_trader.model.currencies import USD
from nautilus_trader.model.data import BarType
from nautilus_trader.model.enums import AccountType, OmsType, OrderSide
from nautilus_trader.model.identifiers import InstrumentId, Symbol, Venue
from nautilus_trader.model.instruments import CurrencyPair
from nautilus_trader.model.objects import Currency, Money, Price, Quantity
from nautilus_trader.persistence.wranglers import BarDataWrangler
from nautilus_trader.trading.strategy import Strategy
from timing import column, emit, measure

count, venue = int(sys.argv[1]), Venue("SIM")
pair = CurrencyPair(InstrumentId(Symbol("XAU/USD"), venue), Symbol("XAU/USD"), Currency.from_str("XAU"), USD, 5, 0, Price(0.00001, 5), Quantity.from_int(1), 0, 0,
                    margin_init=Decimal("0.01"), margin_maint=Decimal("0.01"), maker_fee=Decimal("0.0002"), taker_fee=Decimal("0.0002"), lot_size=Quantity.from_int(1))
kind = BarType.from_str("XAU/USD.SIM-1-MINUTE-LAST-EXTERNAL")


class Reversal(Strategy):
    def __init__(self):
        super().__init__(StrategyConfig(strategy_id="S-1"))
        self.fast, self.slow, self.before, self.isOpen = SimpleMovingAverage(10), SimpleMovingAverage(20), None, False

    def on_start(self):
        self.register_indicator_for_bars(kind, self.fast)
        self.register_indicator_for_bars(kind, self.slow)
        self.subscribe_bars(kind)

    def on_bar(self, bar):
        if not self.slow.initialized:
            return
        is_up = self.fast.value > self.slow.value
        if self.before is not None and is_up != self.before:
            self.submit_order(self.order_factory.market(pair.id, OrderSide.BUY if is_up else OrderSide.SELL, Quantity.from_int(200 if self.isOpen else 100)))
            self.isOpen = True
        self.before = is_up


frame = pd.DataFrame({name: column(f"{name}.f64", count) for name in ("open", "high", "low", "close")}, index=pd.date_range("2024-01-01", periods=count, freq="min", tz="UTC"))
frame["volume"] = 1e6
rows = BarDataWrangler(kind, pair).process(frame)
engines = []


def engine():
    while engines:
        engines.pop().dispose()
    made = BacktestEngine(BacktestEngineConfig(logging=LoggingConfig(bypass_logging=True), run_analysis=False, risk_engine=RiskEngineConfig(bypass=True)))
    made.add_venue(venue, oms_type=OmsType.NETTING, account_type=AccountType.MARGIN, base_currency=USD, starting_balances=[Money(10_000_000, USD)], default_leverage=Decimal(100))
    made.add_instrument(pair)
    made.add_data(rows)
    made.add_strategy(Reversal())
    engines.append(made)
    return made


seconds, _ = measure(lambda each: each.run(), 1, 3, engine)
result = engines[-1].get_result()
emit("nautilus_trader", "nautilus_trader", seconds, 1e9 / count, count, dict(orders=result.total_orders))
