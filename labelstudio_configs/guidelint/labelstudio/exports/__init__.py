"""Files of Label Studio, record by record in constant memory."""
