"""freqtrade's own backtest of a strategy in this folder over candles in memory: a market is described, no exchange is asked, nothing is downloaded."""
import os
import tempfile
from pathlib import Path

from freqtrade.enums import CandleType, RunMode
from freqtrade.exchange.binance import Binance
from freqtrade.optimize.backtesting import Backtesting

here = os.path.dirname(os.path.abspath(__file__))
pair = "COIN/USD"


def backtest(strategy, candles, fee, cash):
    """The table of trades that freqtrade's `backtest` returns. Prices have steps of 0.01, amounts of 1e-8."""
    folder = Path(tempfile.mkdtemp())
    config = {
        "strategy": strategy, "strategy_path": os.path.join(here, "freqtrade"), "timeframe": "1d", "runmode": RunMode.BACKTEST, "dry_run": True, "dry_run_wallet": cash, "fee": fee,
        "exchange": {"name": "binance", "key": "", "secret": "", "password": "", "pair_whitelist": [pair], "pair_blacklist": []},
        "stake_currency": "USD", "stake_amount": 1000, "max_open_trades": 1, "tradable_balance_ratio": 1.0, "pairlists": [{"method": "StaticPairList"}],
        "candle_type_def": CandleType.SPOT, "trading_mode": "spot", "margin_mode": "", "entry_pricing": {}, "exit_pricing": {}, "internals": {}, "original_config": {},
        "unfilledtimeout": {"entry": 10, "exit": 10, "unit": "minutes"}, "user_data_dir": folder, "datadir": folder, "dataformat_ohlcv": "feather",
    }
    exchange = Binance(config, validate=False, load_leverage_tiers=False)
    nothing = {"min": None, "max": None}
    exchange._markets = exchange._api.markets = {pair: {
        "symbol": pair, "base": "COIN", "quote": "USD", "type": "spot", "spot": True, "swap": False, "future": False, "contract": False, "active": True, "info": {},
        "precision": {"price": 0.01, "amount": 1e-8, "cost": 1e-8}, "limits": {"amount": nothing, "cost": nothing, "price": nothing},
    }}
    program = Backtesting(config, exchange)
    program._set_strategy(program.strategylist[0])
    processed = program.strategy.advise_all_indicators({pair: candles})
    return program.backtest(processed=processed, start_date=candles.date.iloc[0].to_pydatetime(), end_date=candles.date.iloc[-1].to_pydatetime())["results"]
