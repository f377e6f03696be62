"""Cells of recurrent layers: plain, LSTM and GRU."""
