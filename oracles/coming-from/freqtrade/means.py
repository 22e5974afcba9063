from freqtrade.strategy import IStrategy


class Means(IStrategy):
    timeframe = "1d"
    stoploss = -0.03
    minimal_roi = {"0": 0.06}

    def populate_indicators(self, frame, metadata):
        frame["fast"] = frame.close.rolling(10).mean()
        frame["slow"] = frame.close.rolling(30).mean()
        return frame

    def populate_entry_trend(self, frame, metadata):
        frame.loc[frame.fast > frame.slow, "enter_long"] = 1
        return frame

    def populate_exit_trend(self, frame, metadata):
        frame.loc[frame.fast < frame.slow, "exit_long"] = 1
        return frame

    def custom_stake_amount(self, current_rate, **_):
        return 10 * current_rate
